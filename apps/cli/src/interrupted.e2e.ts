import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { exampleFile, runKafkaHa, type ExampleFile } from './testing.ts';

const namespace = freshNamespace('interrupted');
const real = realCluster();
let example: ExampleFile;
let target: string[];

beforeAll(async () => {
  example = await exampleFile(namespace, real.kubeconfigPath);
  target = example.target;
});

afterAll(async () => {
  await example[Symbol.asyncDispose]();
  await removeNamespace(real, namespace);
}, 180_000);

test.each(['Apply the objects', 'Bring ZooKeeper up', 'Bring the brokers up', 'Create the topics'])(
  'SIGINT during "%s" ends the deploy, and says to run it again',
  async (step) => {
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
  },
  180_000,
);

test('after all these interruptions a deploy ends healthy', async () => {
  const { exitCode, stdout, stderr } = await runKafkaHa(['deploy', ...target]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('written with acks=all and read back');
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
