import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { TopicMetadata } from '@kafka-ha/kafka';
import { topicGrowths } from './grow-topics.ts';

function aSpecWith(partitions: number, allowMorePartitions?: boolean) {
  const topic = { name: 'orders', partitions, ...(allowMorePartitions && { allowMorePartitions }) };
  return aSpec({ brokers: 3, tolerance: 1, topics: [topic] });
}

function orders(...replicas: number[][]): TopicMetadata[] {
  const partitions = replicas.map((ids, partition) => ({
    partition,
    leader: ids[0] ?? null,
    replicas: ids,
    isr: ids,
  }));
  return [{ name: 'orders', partitions } as unknown as TopicMetadata];
}

describe('growTopics', () => {
  test('a topic gets the partitions that it lacks, led by those that lead fewest', () => {
    const [growth] = topicGrowths(aSpecWith(6, true), orders([0, 1, 2], [0, 2, 1]));
    expect(growth).toMatchObject({ name: 'orders', existing: 2 });
    const led = growth!.assignment.map(([leader]) => leader).sort();
    expect(led).toEqual([1, 1, 2, 2]);
    for (const replicas of growth!.assignment) expect(new Set(replicas).size).toBe(3);
  });

  test('as many replicas as the others have, as Kafka wants it', () => {
    const [growth] = topicGrowths(aSpecWith(3, true), orders([0], [1]));
    expect(growth!.assignment).toEqual([[2]]);
  });

  test('only where the file says that it may, and never fewer', () => {
    expect(topicGrowths(aSpecWith(6), orders([0, 1, 2]))).toEqual([]);
    expect(topicGrowths(aSpecWith(1, true), orders([0, 1, 2], [1, 2, 0]))).toEqual([]);
    expect(topicGrowths(aSpecWith(6, true), [])).toEqual([]);
  });
});
