// Runs workflows on this machine with act, without containers: `node tools/act.mjs pull_request -W … -j …`. What cannot be
// fetched is replaced by a stand-in.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { act } from './programs.mjs';

const standIns = new URL('stand-ins/', import.meta.url).pathname;

const child = spawn(
  await act(),
  [
    ...['-P', 'ubuntu-latest=-self-hosted', '--pull=false', '--no-cache-server'],
    ...usedActions().flatMap(({ action, ref }) => [
      '--local-repository',
      `${action}@${ref}=${join(standIns, action)}`,
    ]),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => (process.exitCode = code ?? (signal === null ? 1 : 130)));

/** Those with a stand-in, in the version that the workflows of this folder pin. */
function usedActions() {
  const files = readdirSync('.github', { recursive: true }).filter((file) => file.endsWith('.yml'));
  const uses = files.flatMap((file) => [
    ...readFileSync(join('.github', file), 'utf8').matchAll(/uses: ([\w-]+\/[\w-]+)@(\w+)/g),
  ]);
  return uses
    .map(([, action, ref]) => ({ action, ref }))
    .filter(({ action }) => existsSync(join(standIns, action)));
}
