import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { artefact, ensureBuilt, type Artefact } from '../../build/artefact.ts';
import { contentOf } from '../../build/cache-key.ts';
import { unpackDebian } from '../../build/debian-tree.ts';
import { scriptPath } from '../../paths.ts';
import { runCommand, type StepContext } from '../../run-command.ts';
import { waitUntil } from '../../wait-until.ts';

const daemonScript = fileURLToPath(new URL('daemon.sh', import.meta.url));

const packages = ['base-files', 'busybox-static', 'dash', 'libc-bin', 'iproute2', 'iptables', 'docker.io'];

export type Daemon = {
  /** For whatever calls `docker`. */
  env: Record<string, string>;
  /** What a command begins with that has to reach published ports: they are in the daemon's network alone. */
  within: string[];
  stop: () => Promise<void>;
};

/** Starts a Docker daemon of Debian's packages, beside any other. It ends with this process, at the latest. */
export async function startDaemon(context: StepContext): Promise<Daemon> {
  await ensureBuilt(context, daemonTree());
  const directory = await mkdtemp('/var/tmp/kafka-ha-docker-');
  const log = openSync(join(directory, 'log'), 'a');
  const apart = ['--mount', '--net', '--ipc', '--pid', '--fork', '--kill-child'];
  const unshare = spawn('unshare', [...apart, daemonScript], {
    stdio: ['pipe', log, log],
    detached: true, // Ctrl-C reaches the tests first
    env: {
      PATH: process.env['PATH'],
      TREE: join(daemonTree().path, 'root'),
      DIRECTORY: directory,
      GROUP: basename(directory),
    },
  });
  closeSync(log);
  const stop = () => end(unshare, directory);
  try {
    const first = await firstInside(unshare, context.signal);
    const env = await clientOf(first, directory);
    await waitUntil(
      { what: () => 'Docker to answer', seconds: 60, signal: context.signal, everyMs: 500 },
      async () => {
        const asked = runCommand(context, ['docker', 'info'], { env });
        return (await asked.catch(() => undefined)) === undefined ? undefined : true;
      },
    );
    return { env, within: ['nsenter', `--target=${first}`, '--net'], stop };
  } catch (error) {
    const said = await readFile(join(directory, 'log'), 'utf8');
    await stop();
    throw new Error(`no Docker daemon: ${said.slice(-2000)}`, { cause: error });
  }
}

function daemonTree(): Artefact {
  const inputs = [contentOf(scriptPath('debian-tree.sh')), packages];
  return artefact('docker-tree', inputs, (context, directory) =>
    unpackDebian(context, join(directory, 'root'), packages),
  );
}

/** The process that is the first in the daemon's namespaces. */
async function firstInside({ pid }: ChildProcess, signal: AbortSignal): Promise<number> {
  return waitUntil({ what: 'unshare to start', seconds: 10, signal }, async () => {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    return Number(children.trim()) || undefined;
  });
}

/** The daemon's own client, which sees /tmp and /var/tmp as everybody does. */
async function clientOf(first: number, directory: string): Promise<Record<string, string>> {
  const programs = join(directory, 'bin');
  await mkdir(programs);
  const client = `#!/bin/sh\nexec nsenter --target=${first} --mount /usr/bin/docker "$@"\n`;
  await writeFile(join(programs, 'docker'), client, { mode: 0o755 });
  return {
    PATH: `${programs}:${process.env['PATH']}`,
    DOCKER_HOST: `unix://${join(directory, 'docker.sock')}`,
  };
}

async function end(unshare: ChildProcess, directory: string): Promise<void> {
  if (unshare.exitCode === null && unshare.signalCode === null) {
    const ended = once(unshare, 'exit');
    unshare.stdin?.end();
    const killing = setTimeout(() => unshare.kill('SIGKILL'), 90_000);
    await ended;
    clearTimeout(killing);
  }
  await rm(directory, { recursive: true });
}
