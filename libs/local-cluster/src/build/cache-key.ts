import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Twelve hex digits that change when any of the inputs does. Objects count by content, whatever the order of keys. */
export function cacheKey(...inputs: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(inputs, sorted)).digest('hex').slice(0, 12);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The content of files, or of all files under directories, as an input of `cacheKey`. */
export function contentOf(...paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .sort()
          .flatMap((entry) => [entry, ...contentOf(join(path, entry))])
      : [readFileSync(path, 'utf8')],
  );
}
