import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kindVersionIn } from './kind/kind-program.ts';
import { packageOf, type Machine } from './prerequisites.ts';

const overlayMagic = 0x794c7630; // linux/magic.h

export async function inspectMachine(): Promise<Machine> {
  const [docker, kind, goEnvironment, varTmp, inotify] = await Promise.all([
    answer('docker', ['info', '--format', '{{.ServerVersion}}']),
    answer('kind', ['version']),
    answer('go', ['env', 'GOVERSION']),
    statfs('/var/tmp').catch(() => undefined),
    readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8').catch(() => undefined),
  ]);
  return {
    platform: process.platform,
    arch: process.arch,
    root: process.getuid?.() === 0,
    docker: docker !== undefined && docker !== '',
    kind: kindVersionIn(kind ?? ''),
    inotifyInstances: inotify === undefined ? null : Number(inotify),
    go: goEnvironment === undefined ? null : goEnvironment.replace(/^go/, ''),
    aptGet: isInstalled('apt-get'),
    overlay: varTmp?.type === overlayMagic,
    missingCommands: Object.keys(packageOf).filter((command) => !isInstalled(command)),
  };
}

export function isInstalled(command: string): boolean {
  const directories = (process.env['PATH'] ?? '').split(':').filter(Boolean);
  return directories.some((directory) => existsSync(join(directory, command)));
}

/** What a command says; undefined if it is not there, fails, or takes longer than ten seconds. */
async function answer(command: string, args: string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(command, args, { timeout: 10_000 })).stdout.trim();
  } catch {
    return undefined;
  }
}
