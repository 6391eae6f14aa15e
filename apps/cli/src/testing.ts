import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { editClusterFile, type Edit } from '@kafka-ha/config';
import { listObjects, type Kube } from '@kafka-ha/kube';

export type CommandResult = { exitCode: number | null; stdout: string; stderr: string; tookMs: number };

const bin = new URL('../bin/kafka-ha.mjs', import.meta.url).pathname;

/** Runs the tool as a user does: as a process of its own. `onOutput` may send it a signal when it has said something. */
export function runKafkaHa(
  args: readonly string[],
  options: {
    env?: Record<string, string>;
    /** What it is started with, in another network for one; nothing by default. */
    within?: readonly string[];
    /** Its stdin; nothing by default. */
    input?: string;
    onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const env = { ...process.env, NODE_OPTIONS: '', ...options.env };
    const [program = process.execPath, ...rest] = [...(options.within ?? []), process.execPath, bin, ...args];
    const child = spawn(program, rest, { env, stdio: 'pipe' });
    child.stdin.on('error', () => undefined); // Whoever has ended reads no more.
    child.stdin.end(options.input ?? '');
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      options.onOutput?.(stdout, (signal) => child.kill(signal));
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) =>
      resolve({ exitCode, stdout, stderr, tookMs: performance.now() - started }),
    );
  });
}

export type ExampleFile = AsyncDisposable & {
  folder: string;
  /** The options of a command that works with this file on a cluster. */
  target: string[];
};

/** One of the examples' cluster files, edited, for a namespace of a local cluster, in a folder of its own. */
export async function exampleFile(
  namespace: string,
  kubeconfigPath: string,
  edits: readonly Edit[] = [],
  name: 'cluster.yaml' | 'cluster.kraft.yaml' = 'cluster.yaml',
): Promise<ExampleFile> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
  const example = await readFile(new URL(`../../../${name}`, import.meta.url), 'utf8');
  const file = join(folder, 'cluster.yaml');
  const ofItsOwn = [{ path: ['namespace'] as const, value: namespace }, ...edits];
  await writeFile(file, editClusterFile(example, ofItsOwn));
  return {
    folder,
    target: ['--file', file, '--environment', 'local', '--kubeconfig', kubeconfigPath],
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** Sends SIGINT to a deploy when it has begun a step. */
export async function interruptDeploy(target: readonly string[], step: string): Promise<void> {
  let sent = false;
  const { exitCode, stderr } = await runKafkaHa(['deploy', ...target], {
    onOutput: (text, kill) => {
      if (sent || !text.includes(step)) return;
      sent = true;
      kill('SIGINT');
    },
  });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 130,
    stderr: expect.stringContaining('Run the same command again'),
  });
}

/** How many pods of each name there have been, looked at three times a second. */
export function watchLives(kube: Kube, namespace: string) {
  const uids = new Map<string, Set<string>>();
  const ended = new AbortController();
  const watching = (async () => {
    while (!ended.signal.aborted) {
      for (const { metadata } of await listObjects(kube, { apiVersion: 'v1', kind: 'Pod', namespace }))
        uids.set(metadata.name, (uids.get(metadata.name) ?? new Set()).add(metadata.uid ?? ''));
      await sleep(300);
    }
  })();
  const end = async () => {
    ended.abort();
    await watching;
  };
  return {
    [Symbol.asyncDispose]: end,
    async perPod(): Promise<Record<string, number>> {
      await end();
      return Object.fromEntries([...uids].map(([pod, { size }]) => [pod, size]));
    },
  };
}
