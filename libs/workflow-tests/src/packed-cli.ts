import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const dist = new URL('../../../apps/cli/dist', import.meta.url).pathname;

export type PackedCli = AsyncDisposable & {
  /** `npx kafka-ha ARGS` in a folder. Gives its stdout, and fails with all that it said if it does. */
  npx: (folder: string, args: readonly string[], env?: Record<string, string>) => Promise<string>;
};

/** The command-line tool as a release has it: npx takes it from the packed file, and from nowhere else. */
export async function packedCli(): Promise<PackedCli> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-packed-'));
  const { stdout } = await exec('npm', ['pack', '--silent', dist], { cwd: folder });
  const file = join(folder, stdout.trim());
  const ofItsOwn = { NODE_OPTIONS: '', npm_config_cache: join(folder, 'cache') };
  return {
    async npx(cwd, args, more = {}) {
      const options = { cwd, env: { ...process.env, ...ofItsOwn, ...more }, maxBuffer: 10_000_000 };
      const all = ['--yes', '--offline', '--package', file, '--', 'kafka-ha', ...args];
      return (await exec('npx', all, options)).stdout;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
