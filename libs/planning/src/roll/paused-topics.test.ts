import { describe, expect, test } from '@jest/globals';
import { aPartition, aTopic } from '@kafka-ha/health/testing';
import { pausedTopics } from '../index.ts';

const topics = [
  aTopic('scratch', {
    minInSync: 1,
    partitions: [aPartition({ replicas: [3] }), aPartition({ partition: 1, replicas: [0] })],
  }),
  aTopic('pairs', { minInSync: 2, partitions: [aPartition({ replicas: [1, 2] })] }),
  aTopic('copied', { minInSync: 1, partitions: [aPartition({ replicas: [1, 2] })] }),
];
const all = new Set(topics.map(({ name }) => name));

describe('pausedTopics', () => {
  test('topics are named with the brokers whose restart they notice, and what it does to them', () => {
    expect(pausedTopics([0, 1, 2, 3], topics, all)).toEqual([
      {
        topic: 'scratch',
        why: 'is partly unavailable while broker 0 or 3 restarts, as otherTopics of the cluster file allows',
      },
      {
        topic: 'pairs',
        why: 'takes no acks=all writes to some partitions while broker 1 or 2 restarts, as otherTopics of the cluster file allows',
      },
    ]);
  });

  test('nothing is said of a broker that holds none of them, nor of topics that must stay writable', () => {
    expect(pausedTopics([4], topics, all)).toEqual([]);
    expect(pausedTopics([0, 1, 2, 3], topics, new Set())).toEqual([]);
  });
});
