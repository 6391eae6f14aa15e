import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brokerEdits, versionEdits } from '@kafka-ha/config';
import { readRunningVersions } from '@kafka-ha/operations';
import {
  cancelAt,
  exampleSpec,
  freshNamespace,
  killAt,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { exampleFile, interruptDeploy, runKafkaHa, watchLives, type ExampleFile } from './testing.ts';

const namespace = freshNamespace('interrupted');
const real = realCluster();
/** The smallest cluster: each start of a broker takes its time. */
const size = brokerEdits({ brokers: 3, tolerance: 1 });
const older = versionEdits({ kafka: '3.8.1', interBrokerProtocol: '3.8' });
let example: ExampleFile;
let target: string[];

describe('interrupted', () => {
  beforeAll(async () => {
    example = await exampleFile(namespace, real.kubeconfigPath, [...size, ...older]);
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

  test('an event goes in and comes out', async () => {
    const input = '{"value":"by line","headers":{"source":"web"}}\n{"value":"no newline"}';
    const lines = await runKafkaHa(['produce', 'events', '--key', 'user-7', '--json', ...target], { input });
    expect(lines).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(lines.stdout)).toEqual({ topic: 'events', acknowledged: 2 });
    const one = ['--message', 'hello', '--key', 'user-7', '--header', 'source=cli'];
    expect(await runKafkaHa(['produce', 'events', ...one, ...target])).toMatchObject({
      exitCode: 0,
      stdout: '1 record acknowledged by all replicas in sync of events\n',
    });
    const read = ['consume', 'events', '--from-beginning', '--group', 'first', ...target];
    let ended = false;
    const consumed = await runKafkaHa([...read, '--json'], {
      onOutput: (text, kill) => {
        if (ended || !text.includes('"source":"cli"')) return;
        ended = true;
        kill('SIGINT');
      },
    });
    expect(consumed).toMatchObject({ exitCode: 130, stderr: '' });
    const records = consumed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ key }) => key === 'user-7');
    expect(records).toMatchObject([
      { value: 'by line', headers: { source: 'web' } },
      { value: 'no newline', headers: {} },
      { value: 'hello', headers: { source: 'cli' } },
    ]);
    const groups = JSON.parse((await runKafkaHa(['groups', '--json', ...target])).stdout) as unknown;
    expect(groups).toMatchObject({
      groups: [{ group: 'first', members: 0, topics: [{ topic: 'events', lag: expect.any(Number) }] }],
    });
  }, 120_000);

  test('topics are listed, leaders elected, and a topic that is not there is refused', async () => {
    const { stdout } = await runKafkaHa(['topics', ...target]);
    expect(stdout).toMatch(/^events +20 +3 +2 +\S+ +0 +0$/m);
    expect(await runKafkaHa(['elect', '--json', ...target])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('"elected"'),
    });
    expect(await runKafkaHa(['consume', 'evnts', ...target])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/there is no topic evnts[^]*The topics are events[^]*kafka-ha deploy/),
    });
  }, 120_000);

  test('an upgrade that is killed, or cancelled as GitHub does it, goes on with the next, and each broker is restarted once', async () => {
    await using lives = watchLives(real.kube, namespace);
    const stops = /-kafka-\d .* stops$/m;
    const upgrade = ['upgrade', '--kafka', '3.9.2', ...target];
    const killed = await runKafkaHa(upgrade, { onOutput: killAt(stops, 2_000) });
    expect(killed).toMatchObject({ exitCode: null });
    const cancelled = await runKafkaHa(['deploy', ...target], { onOutput: cancelAt(stops) });
    expect(cancelled.stdout).toMatch(stops);
    expect(cancelled).toMatchObject({ exitCode: 130 });
    expect(await runKafkaHa(['deploy', ...target])).toMatchObject({ exitCode: 0, stderr: '' });
    const perPod = Object.entries(await lives.perPod());
    expect(perPod).toHaveLength(6);
    for (const [pod, count] of perPod)
      expect({ pod, count }).toEqual({ pod, count: pod.includes('kafka') ? 2 : 1 });
    const { signal } = new AbortController();
    const cluster = { kube: real.kube, spec: await exampleSpec(namespace, [...size, ...older]), signal };
    const { brokers } = await readRunningVersions(cluster);
    expect(brokers).toMatchObject(Array(3).fill({ version: '3.9.2', protocol: '3.8' }));
  }, 300_000);

  test('a scale that is killed while replicas are moved goes on with the next', async () => {
    const scale = ['scale', '--brokers', '4', '--yes', '--write', ...target];
    const { exitCode } = await runKafkaHa(scale, { onOutput: killAt(/Move replicas/, 500) });
    expect(exitCode).toBe(null);
    expect(await runKafkaHa(scale)).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await runKafkaHa(scale)).stdout).toContain('every replica is where it should be');
    expect(await runKafkaHa(['health', ...target])).toMatchObject({ exitCode: 0 });
  }, 300_000);
});
