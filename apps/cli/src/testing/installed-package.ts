import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { buildProgram } from '../program.ts';

const exec = promisify(execFile);
const dist = new URL('../../dist', import.meta.url).pathname;

/**
 * How many times the processor time that Node itself takes to start. Measured: 2 and 4 times that of Node 20, 3.5 and 10 times that of
 * Node 22 and 24, which themselves start in half the time.
 */
export const maxStarts = { help: 5, validate: 14 };

export type InstalledPackage = AsyncDisposable & {
  /** Where it was installed: nothing else is there. */
  folder: string;
  /** What was installed. */
  contents: string;
  /** Runs the tool by the path that npm has made for it. Gives its stdout; fails if it does. */
  kafkaHa: (...args: string[]) => Promise<string>;
  /** The same with a Node of the caller's, and what that took: from its start to its end, and of the processor. */
  timed: (node: string, ...args: string[]) => Promise<{ stdout: string; tookMs: number; cpuMs: number }>;
};

/** The package as a stranger has it: packed, and installed from the file into a folder where nothing else is. */
export async function installedPackage(): Promise<InstalledPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-package-'));
  const contents = join(folder, 'node_modules/kafka-ha');
  const packed = await inFolder('npm', 'pack', '--silent', dist);
  await writeFile(join(folder, 'package.json'), '{}');
  await inFolder('npm', 'install', '--offline', '--silent', packed.trim());
  const [hook, told] = [join(folder, 'hook.cjs'), join(folder, 'cpu.json')];
  await writeFile(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.cpuUsage())));`,
  );
  return {
    folder,
    contents,
    kafkaHa: (...args) => inFolder(join(folder, 'node_modules/.bin/kafka-ha'), ...args),
    async timed(node, ...args) {
      const started = performance.now();
      const stdout = await inFolder(node, `--require=${hook}`, ...args);
      const tookMs = performance.now() - started;
      const { user, system } = JSON.parse(await readFile(told, 'utf8')) as { user: number; system: number };
      return { stdout, tookMs, cpuMs: (user + system) / 1000 };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };

  async function inFolder(command: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, NODE_OPTIONS: '' };
    return (await exec(command, args, { cwd: folder, env, maxBuffer: 10_000_000 })).stdout;
  }
}

/** All commands as they are typed, those of a group too: `local up`. */
export function allCommands(): string[] {
  const { signal } = new AbortController();
  const typed = ({ commands }: Pick<Command, 'commands'>): string[] =>
    commands.flatMap((command) => [
      command.name(),
      ...typed(command).map((below) => `${command.name()} ${below}`),
    ]);
  return typed(buildProgram({ signal, outcome: { exitCode: 0 } }));
}
