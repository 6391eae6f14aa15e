import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../paths.ts';
import { oldestKind, suffices } from '../prerequisites.ts';
import { runCommand, type StepContext } from '../run-command.ts';
import { versions } from '../versions.ts';

/** The path of kind: the one that is installed, unless it is too old, else one that `go install` brings, once. */
export async function kindProgram(context: StepContext): Promise<string> {
  const directories = (process.env['PATH'] ?? '').split(':').filter(Boolean);
  const installed = directories.map((directory) => join(directory, 'kind')).find(existsSync);
  if (installed !== undefined) {
    const version = kindVersionIn(await runCommand(context, [installed, 'version']).catch(() => ''));
    if (suffices(version, oldestKind)) return installed;
    context.say(`${installed} is ${version ?? 'of no known version'}, too old`);
  }
  const cached = join(cacheDirectory(), `kind-${versions.kind}`);
  const own = join(cached, 'kind');
  if (existsSync(own)) return own;
  await runCommand(context, ['go', 'install', `sigs.k8s.io/kind@v${versions.kind}`], {
    env: { GOBIN: cached, GOTOOLCHAIN: 'auto' },
    onLine: context.say,
  });
  return own;
}

/** `0.31.0` of `kind v0.31.0 go1.25.5 linux/amd64`, which `kind version` says; null of anything else. */
export function kindVersionIn(said: string): string | null {
  return /\bv(\d+\.\d+\.\d+)/.exec(said)?.[1] ?? null;
}
