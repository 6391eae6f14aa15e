import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { incrementalAlterConfigsApi, listPartitionReassignmentsApi } from '@kafka-ha/kafka-protocol';
import { leavingThrottles } from './leaving-throttles.ts';
import { removeThrottles } from './remove-throttles.ts';
import { setThrottles } from './throttles.ts';

const { signal } = new AbortController();
const rate = 'leader.replication.throttled.rate';
const senders = 'leader.replication.throttled.replicas';
const failure = new KafkaHaError('deadline-exceeded', 'nothing has moved', { hint: 'Look.' });

describe('removeThrottles', () => {
  test('they are taken from topics, from brokers and from the default of all brokers', async () => {
    const cluster = aCluster({
      'broker ': { [rate]: '7' },
      'broker 1': { [rate]: '5' },
      'topic orders': { [senders]: '*' },
    });
    await using kafka = cluster.connect();
    expect(await removeThrottles(kafka, signal)).toBe(3);
    expect(cluster.set).toEqual({ 'broker ': {}, 'broker 1': {}, 'topic orders': {} });
  });

  test('one in the file of a broker is said, with where it belongs', async () => {
    const cluster = aCluster({ 'file 2': { [rate]: '9' } });
    await using kafka = cluster.connect();
    await expect(removeThrottles(kafka, signal)).rejects.toMatchObject({
      code: 'conflict',
      details: [`broker 2: ${rate}=9`],
      hint: expect.stringContaining('kafkaConfig'),
    });
  });

  test('a list that the protocol has no bytes for names all of the topic instead', async () => {
    const cluster = aCluster({});
    await using kafka = cluster.connect();
    const partitions = Array.from({ length: 1_200 }, (_, partition) => {
      return { topic: 'orders', partition, replicas: [0, 1, 2, 3, 4], leader: 0, missing: [] };
    });
    const changes = partitions.map(({ topic, partition, replicas }) => {
      return { topic, partition, replicas, adding: [5], removing: [], bytes: 1 };
    });
    const brokers = new Map([0, 1, 2].map((id) => [id, null]));
    await setThrottles(kafka, changes, {
      replicas: { brokers, partitions, ongoing: [] },
      bytesPerSecond: 1e6,
      signal,
    });
    expect(cluster.set['topic orders']).toEqual({ [senders]: '*' });
  });

  test('a topic that is deleted while its throttle is set or removed is no error', async () => {
    const cluster = aCluster({ 'topic orders': { [senders]: '*' } });
    cluster.topicsExist = false;
    await using kafka = cluster.connect();
    await removeThrottles(kafka, signal);
  });

  test('a move that fails takes its throttles along when nothing is under way', async () => {
    const cluster = aCluster({ 'broker 1': { [rate]: '5' } });
    const open = () => cluster.connect();
    expect(await leavingThrottles(failure, { open, signal, stopNow: signal })).toBe(failure);
    expect(cluster.set).toEqual({ 'broker 1': {} });
  });

  test('while something is under way they stay, and the error says so', async () => {
    const cluster = aCluster({ 'broker 1': { [rate]: '5' } });
    cluster.moving = 2;
    const open = () => cluster.connect();
    expect(await leavingThrottles(failure, { open, signal, stopNow: signal })).toMatchObject({
      code: 'deadline-exceeded',
      message: 'nothing has moved',
      details: ['2 partitions are still being moved under a throttle'],
      hint: expect.stringContaining('kafka-ha scale --abort'),
    });
    expect(cluster.set).toEqual({ 'broker 1': { [rate]: '5' } });
  });

  test('who has lost the lock changes nothing more, and says so; who was stopped by a person still tidies up', async () => {
    const cluster = aCluster({ 'broker 1': { [rate]: '5' } });
    const open = (until: AbortSignal) => cluster.connect(until);
    const stopped = AbortSignal.abort();
    expect(await leavingThrottles(failure, { open, signal: stopped, stopNow: stopped })).toMatchObject({
      details: [expect.stringMatching(/^throttles may have been left behind: /)],
    });
    expect(cluster.set).toEqual({ 'broker 1': { [rate]: '5' } });
    await leavingThrottles(failure, { open, signal: stopped, stopNow: signal });
    expect(cluster.set).toEqual({ 'broker 1': {} });
  });

  type Settings = Record<string, Record<string, string>>;

  /** Three brokers that keep what they are told under e.g. `topic orders`, `broker 1`, `broker ` for all, `file 1`. */
  function aCluster(set: Settings) {
    const cluster = Object.assign(new FakeCluster([0, 1, 2]), { set, moving: 0, topicsExist: true });
    cluster.topics = [aTopic('orders', [0, 1])];
    const kindOf = (type: number) => (type === 2 ? 'topic' : 'broker');
    const configsOf = (kind: string, name: string, source: number) =>
      Object.entries(cluster.set[`${kind} ${name}`] ?? {}).map(([key, value]) => ({
        name: key,
        value,
        source,
      }));
    cluster.answerConfigs(({ type, name }) => {
      const own = configsOf(kindOf(type), name, type === 2 ? 1 : name === '' ? 3 : 2);
      const inherited =
        type === 4 && name !== '' ? [...configsOf('broker', '', 3), ...configsOf('file', name, 4)] : [];
      return [...inherited.filter((each) => own.every((it) => it.name !== each.name)), ...own];
    });
    cluster.answer(incrementalAlterConfigsApi, ({ resources }) => ({
      throttleTimeMs: 0,
      resources: resources.map(({ type, name, configs }) => {
        if (type === 2 && !cluster.topicsExist) return { errorCode: 3, errorMessage: null, type, name };
        const entity = (cluster.set[`${kindOf(type)} ${name}`] ??= {});
        for (const { name: key, value } of configs)
          if (value === null) delete entity[key];
          else entity[key] = value;
        return { errorCode: 0, errorMessage: null, type, name };
      }),
    }));
    cluster.answer(listPartitionReassignmentsApi, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      topics: [
        {
          name: 'orders',
          partitions: Array.from({ length: cluster.moving }, (_, index) => {
            return { index, replicas: [0, 1], adding: [1], removing: [] };
          }),
        },
      ],
    }));
    return cluster;
  }
});
