import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aPartition, aState, aTopic } from '@kafka-ha/health/testing';
import { planTopics } from './plan-topics.ts';

const spec = aSpec({ topics: [{ name: 'orders', partitions: 2 }] });
const state = aState();
const internal = state.topics.kind === 'read' ? state.topics.value : [];

describe('planTopics', () => {
  test('missing topics are created, Kafka’s own included', () => {
    expect(planTopics(spec, []).map(({ kind, topic }) => `${kind} ${topic}`)).toEqual([
      'create __consumer_offsets',
      'create __transaction_state',
      'create __kafka_ha_probe',
      'create orders',
    ]);
  });

  test('topics that are as the file says are no change', () => {
    const orders = aTopic('orders', { partitions: [aPartition(), aPartition({ partition: 1 })] });
    expect(planTopics(spec, [...internal, orders])).toEqual([]);
  });

  test.each([
    [3, '2 partitions are wanted, but it has 3, and Kafka cannot remove partitions'],
    [
      1,
      '2 partitions are wanted, but it has 1: record keys would move to other partitions; to add them, set `allowMorePartitions: true` in the topic',
    ],
  ])('with %i partitions a topic is left as it is', (count, why) => {
    const partitions = Array.from({ length: count }, (_, partition) => aPartition({ partition }));
    expect(planTopics(spec, [...internal, aTopic('orders', { partitions })])).toEqual([
      { kind: 'left', topic: 'orders', why },
    ]);
  });

  test('another number of replicas takes a reassignment', () => {
    const partitions = [0, 1].map((partition) => aPartition({ partition, replicas: [0, 1, 2] }));
    const topics = [...internal, aTopic('orders', { partitions })];
    expect(planTopics(spec, topics, new Map([['orders', 3 * 2 ** 30]]))).toEqual([
      {
        kind: 'left',
        topic: 'orders',
        why: 'it has 3 replicas, but 5 are wanted: that needs a reassignment that copies 3Gi (kafka-ha scale)',
      },
    ]);
  });

  test('where topics cannot be read nothing is said of them', () => {
    expect(planTopics(spec, undefined)).toEqual([]);
  });

  test('a topic whose file allows more partitions gets them', () => {
    const allowing = aSpec({ topics: [{ name: 'orders', partitions: 2, allowMorePartitions: true }] });
    const one = aTopic('orders', { partitions: [aPartition()] });
    expect(planTopics(allowing, [...internal, one])).toEqual([
      { kind: 'grow', topic: 'orders', from: 1, to: 2 },
    ]);
  });
});
