import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listObjects } from '@kafka-ha/kube';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { runKafkaHa } from './testing.ts';

const minute = 60_000;
const namespace = freshNamespace('killed-roll');
const real = realCluster();
let folder: string;
let target: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
  const example = await readFile(new URL('../../../cluster.yaml', import.meta.url), 'utf8');
  const file = join(folder, 'cluster.yaml');
  await writeFile(file, example.replace(/^namespace: .*$/m, `namespace: ${namespace}`));
  target = ['--file', file, '--environment', 'local', '--kubeconfig', real.kubeconfigPath];
  expect(await runKafkaHa(['deploy', ...target])).toMatchObject({ exitCode: 0 });
}, 5 * minute);

afterAll(async () => {
  await rm(folder, { recursive: true });
  await removeNamespace(real, namespace);
}, 3 * minute);

test(
  'a roll that is killed at any moment goes on with the next, and each pod is restarted once',
  async () => {
    await using lives = watchLives();
    // Before a pod is deleted, while it stops, starts and catches up, and once all are back.
    const ends = [
      killAt(/ stops$/m, 0),
      killAt(/ stops$/m, 2_000),
      killAt(/ stops$/m, 5_000),
      killAt(/-kafka-\d .* stops$/m, 8_000),
      killAt(/Give partitions back/, 0),
    ];
    const restart = ['roll', '--restart', ...target];
    for (const [index, onOutput] of ends.entries()) {
      const { exitCode } = await runKafkaHa(index === 0 ? restart : ['roll', ...target], { onOutput });
      expect({ index, exitCode }).toEqual({ index, exitCode: null });
    }
    expect(await runKafkaHa(['roll', ...target])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await lives.perPod()).toEqual(Array(8).fill(2));
  },
  10 * minute,
);

test(
  'a roll that is cancelled as GitHub does it ends, and the next goes on: each pod is restarted once',
  async () => {
    await using lives = watchLives();
    let asked = false;
    const cancelled = await runKafkaHa(['roll', '--restart', ...target], {
      onOutput: (text, kill) => {
        if (asked || !/-kafka-\d .* stops$/m.test(text)) return;
        asked = true;
        kill('SIGINT');
        void sleep(7_500, undefined, { ref: false }).then(() => kill('SIGTERM'));
      },
    });
    expect({ asked, exitCode: cancelled.exitCode }).toEqual({ asked: true, exitCode: 130 });
    expect(await runKafkaHa(['roll', ...target])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await lives.perPod()).toEqual(Array(8).fill(2));
    expect(await runKafkaHa(['health', ...target])).toMatchObject({ exitCode: 0 });
  },
  5 * minute,
);

/** Kills the tool so long after it has said this. */
function killAt(said: RegExp, afterMs: number) {
  let seen = false;
  return (text: string, kill: (signal: NodeJS.Signals) => void) => {
    if (seen || !said.test(text)) return;
    seen = true;
    void sleep(afterMs, undefined, { ref: false }).then(() => kill('SIGKILL'));
  };
}

/** How many pods of each name there have been, looked at three times a second. */
function watchLives() {
  const uids = new Map<string, Set<string>>();
  const ended = new AbortController();
  const watching = (async () => {
    while (!ended.signal.aborted) {
      for (const { metadata } of await listObjects(real.kube, { apiVersion: 'v1', kind: 'Pod', namespace }))
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
    async perPod(): Promise<number[]> {
      await end();
      return [...uids.values()].map(({ size }) => size);
    },
  };
}
