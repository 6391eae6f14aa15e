import { readFileSync } from 'node:fs';

/** That of the package, whose package.json is above `src` and above `lib` alike. */
export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
