import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokerEdits } from '@kafka-ha/config';
import { cancelAt, freshNamespace, killAt, realCluster, removeNamespace } from '@kafka-ha/testing';
import { exampleFile, interruptDeploy, runKafkaHa, watchLives, type ExampleFile } from './testing.ts';

const namespace = freshNamespace('interrupted');
const real = realCluster();
/** The smallest cluster: each start of a broker takes its time. */
const size = brokerEdits({ brokers: 3, tolerance: 1 });
let example: ExampleFile;
let target: string[];

beforeAll(async () => {
  example = await exampleFile(namespace, real.kubeconfigPath, size);
  target = example.target;
});

afterAll(async () => {
  await example[Symbol.asyncDispose]();
  await removeNamespace(real, namespace);
}, 180_000);

test.each(['Apply the objects', 'Bring the brokers up'])(
  'SIGINT during "%s" ends the deploy, and says to run it again',
  (step) => interruptDeploy(target, step),
  180_000,
);

test('after all these interruptions a deploy ends healthy', async () => {
  const { exitCode, stdout, stderr } = await runKafkaHa(['deploy', ...target]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('written with acks=all and read back');
  expect(await runKafkaHa(['health', ...target])).toMatchObject({ exitCode: 0 });
}, 300_000);

test('a roll that is killed, or cancelled as GitHub does it, goes on with the next, and each pod is restarted once', async () => {
  await using lives = watchLives(real.kube, namespace);
  const stops = /-kafka-\d .* stops$/m;
  const killed = await runKafkaHa(['roll', '--restart', ...target], { onOutput: killAt(/ stops$/m, 2_000) });
  expect(killed).toMatchObject({ exitCode: null });
  const cancelled = await runKafkaHa(['roll', ...target], { onOutput: cancelAt(stops) });
  expect(cancelled.stdout).toMatch(stops);
  expect(cancelled).toMatchObject({ exitCode: 130 });
  expect(await runKafkaHa(['roll', ...target])).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await lives.perPod()).toEqual(Array(6).fill(2));
}, 300_000);

test('a scale that is killed while replicas are moved goes on with the next', async () => {
  const scale = ['scale', '--brokers', '4', '--yes', '--write', ...target];
  const { exitCode } = await runKafkaHa(scale, { onOutput: killAt(/Move replicas/, 500) });
  expect(exitCode).toBe(null);
  expect(await runKafkaHa(scale)).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await runKafkaHa(scale)).stdout).toContain('every replica is where it should be');
  expect(await runKafkaHa(['health', ...target])).toMatchObject({ exitCode: 0 });
}, 300_000);

test('a drill that is killed while it has a broker stopped is mended by the next, which starts afresh', async () => {
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
  const second = await runKafkaHa(['drill', 'kill-zookeeper-leader', ...target, ...records]);
  expect(second).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The drill passed') });
  const history = await runKafkaHa([
    'drills',
    'history',
    '--json',
    '--ledger',
    join(example.folder, 'drills.jsonl'),
  ]);
  expect(JSON.parse(history.stdout)).toMatchObject({
    entries: [{ fault: 'kill-zookeeper-leader', verdict: 'pass' }],
    faults: 1,
    losses: 0,
    unreadable: [],
  });
  expect(await readFile(join(example.folder, 'report', 'drills.html'), 'utf8')).toContain('The drill passed');
}, 300_000);
