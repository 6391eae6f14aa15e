import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokerEdits } from '@kafka-ha/config';
import { acquireLease, listObjects } from '@kafka-ha/kube';
import { cancelAt, freshNamespace, killAt, realCluster, removeNamespace, suspendAt } from '@kafka-ha/testing';
import { exampleFile, interruptDeploy, runKafkaHa, watchLives, type ExampleFile } from './testing.ts';

const minute = 60_000;
const real = realCluster();
/** The smallest cluster: each start of a broker takes its time. */
const size = brokerEdits({ brokers: 3, tolerance: 1 });

describe.each([
  { file: 'cluster.yaml', quorum: 'ZooKeeper servers' },
  { file: 'cluster.kraft.yaml', quorum: 'controllers' },
] as const)('$file', ({ file, quorum }) => {
  const namespace = freshNamespace('killed');
  let example: ExampleFile;
  let target: string[];

  beforeAll(async () => {
    example = await exampleFile(namespace, real.kubeconfigPath, size, file);
    target = example.target;
  }, minute);

  afterAll(async () => {
    await example[Symbol.asyncDispose]();
    await removeNamespace(real, namespace);
  }, 3 * minute);

  test.each(['Apply the objects', `Bring the ${quorum} up`, 'Bring the brokers up', 'Create the topics'])(
    'SIGINT during "%s" ends the deploy, and says to run it again',
    (step) => interruptDeploy(target, step),
    3 * minute,
  );

  test(
    'after all these interruptions a deploy ends well',
    async () => {
      expect(await runKafkaHa(['deploy', ...target])).toMatchObject({ exitCode: 0 });
    },
    5 * minute,
  );

  test(
    'a roll that is killed, or cancelled as GitHub does it, goes on with the next, and each pod is restarted once',
    async () => {
      await using lives = watchLives(real.kube, namespace);
      // Before a pod is deleted, while it stops, starts and catches up.
      const ends = [
        killAt(/ stops$/m, 0),
        killAt(/ stops$/m, 2_000),
        killAt(/ stops$/m, 5_000),
        killAt(/-kafka-\d .* stops$/m, 8_000),
      ];
      const restart = ['roll', '--restart', ...target];
      for (const [index, onOutput] of ends.entries()) {
        const { exitCode } = await runKafkaHa(index === 0 ? restart : ['roll', ...target], { onOutput });
        expect({ index, exitCode }).toEqual({ index, exitCode: null });
      }
      const stops = /-kafka-\d .* stops$/m;
      const cancelled = await runKafkaHa(['roll', ...target], { onOutput: cancelAt(stops) });
      expect(cancelled.stdout).toMatch(stops);
      expect(cancelled).toMatchObject({ exitCode: 130 });
      // Once all are back.
      const last = await runKafkaHa(['roll', ...target], {
        onOutput: killAt(/Elect the preferred leaders/, 0),
      });
      expect(last).toMatchObject({ exitCode: null });
      expect(await runKafkaHa(['roll', ...target])).toMatchObject({ exitCode: 0, stderr: '' });
      expect(Object.values(await lives.perPod())).toEqual(Array(6).fill(2));
      expect(await runKafkaHa(['health', ...target])).toMatchObject({ exitCode: 0 });
    },
    10 * minute,
  );

  test(
    'a runner that was suspended does nothing after it wakes up',
    async () => {
      let rolling: ReturnType<typeof runKafkaHa> | undefined;
      const wake = await new Promise<() => void>((suspended) => {
        rolling = runKafkaHa(['roll', '--restart', ...target], {
          onOutput: suspendAt(/ stops$/m, suspended),
        });
      });
      const terms = {
        namespace,
        name: 'events-operation',
        holder: 'another',
        operation: 'roll',
        ttlMs: 15_000,
      };
      await using lease = await acquireLease(real.kube, { ...terms, waitMs: minute });
      // What it had asked for before it was suspended is done by now.
      const before = await podUids();
      wake();
      const { exitCode, stderr } = (await rolling) ?? {};
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('lock') });
      expect(await podUids()).toEqual(before);
      expect(lease.lost.aborted).toBe(false);
    },
    5 * minute,
  );

  test(
    'a scale that is killed at any step goes on with the next, up and down again',
    async () => {
      const scale = (...options: string[]) => ['scale', ...options, '--yes', '--write', ...target];
      const killedAt = async (args: string[], moments: readonly [RegExp, number][]) => {
        for (const [said, afterMs] of moments) {
          const { exitCode } = await runKafkaHa(args, { onOutput: killAt(said, afterMs) });
          expect({ said, exitCode }).toEqual({ said, exitCode: null });
        }
        expect(await runKafkaHa(args)).toMatchObject({ exitCode: 0, stderr: '' });
        expect(await runKafkaHa(['health', ...target])).toMatchObject({ exitCode: 0 });
        expect((await runKafkaHa(args)).stdout).toContain('every replica is where it should be');
      };
      await killedAt(scale('--brokers', '4'), [
        [/Add brokers/, 3_000],
        [/Move replicas/, 500],
        [/Elect the preferred leaders/, 0],
      ]);
      await killedAt(scale('--brokers', '3'), [
        [/Move replicas/, 1_500],
        [/Remove brokers/, 3_000],
        [/Settle the configuration/, 0],
      ]);
    },
    12 * minute,
  );

  test(
    'a drill that is killed while it has a broker stopped is mended by the next, which starts afresh',
    async () => {
      const records = [
        '--report',
        join(example.folder, 'report'),
        '--ledger',
        join(example.folder, 'drills.jsonl'),
      ];
      let killed = false;
      const first = await runKafkaHa(['drill', 'pause-broker', '--duration', '120s', ...target, ...records], {
        onOutput: (text, kill) => {
          if (killed || !text.includes('the fault is made')) return;
          killed = true;
          kill('SIGKILL');
        },
      });
      expect({ killed, exitCode: first.exitCode }).toEqual({ killed: true, exitCode: null });
      const second = await runKafkaHa(['drill', 'kill-controller', ...target, ...records]);
      expect(second).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The drill passed') });
      const history = await runKafkaHa([
        'drills',
        'history',
        '--json',
        '--ledger',
        join(example.folder, 'drills.jsonl'),
      ]);
      expect(JSON.parse(history.stdout)).toMatchObject({
        entries: [{ fault: 'kill-controller', verdict: 'pass' }],
        faults: 1,
        losses: 0,
        unreadable: [],
      });
      expect(await readFile(join(example.folder, 'report', 'drills.html'), 'utf8')).toContain(
        'The drill passed',
      );
    },
    5 * minute,
  );

  async function podUids(): Promise<string[]> {
    const pods = await listObjects(real.kube, { apiVersion: 'v1', kind: 'Pod', namespace });
    return pods.map(({ metadata }) => `${metadata.name} ${metadata.uid}`).sort();
  }
});
