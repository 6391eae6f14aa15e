import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { probeTopic, topicsOf } from './topics.ts';

describe('topics', () => {
  test("Kafka's own topics come first, then one to probe every broker, then those of the file", () => {
    const topics = topicsOf(aSpec({ topics: [{ name: 'events', partitions: 20 }] }));
    expect(topics.map(({ name, partitions }) => [name, partitions])).toEqual([
      ['__consumer_offsets', 10],
      ['__transaction_state', 10],
      [probeTopic, 5],
      ['events', 20],
    ]);
  });

  test("Kafka's own topics are compacted, as Kafka makes them", () => {
    const [offsets, transactions] = topicsOf(aSpec());
    expect(offsets?.config).toMatchObject({ 'cleanup.policy': 'compact', 'compression.type': 'producer' });
    expect(transactions?.config).toMatchObject({
      'cleanup.policy': 'compact',
      'compression.type': 'uncompressed',
    });
  });
});
