import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { topicConfigChanges } from './topic-config-changes.ts';

const spec = aSpec({ topics: [{ name: 'orders', partitions: 2, config: { 'retention.ms': '1000' } }] });

function withRetention(value: string) {
  const entry = { value, source: 'topic', isDefault: false } as const;
  return new Map([['orders', { 'retention.ms': entry, 'segment.ms': { ...entry, value: '5' } }]]);
}

describe('topicConfigChanges', () => {
  test('a key that the file gives another value is changed, one that it does not name is left', () => {
    expect(topicConfigChanges(spec, withRetention('60000'))).toEqual([
      { topic: 'orders', key: 'retention.ms', from: '60000', to: '1000' },
    ]);
    expect(topicConfigChanges(spec, withRetention('1000'))).toEqual([]);
  });

  test('a topic that is not there yet gets its keys when it is created', () => {
    expect(topicConfigChanges(spec, new Map())).toEqual([]);
  });

  test('a value that Kafka writes another way is the same', () => {
    const config = { preallocate: 'TRUE', 'min.cleanable.dirty.ratio': '0.50', 'retention.ms': '+1000' };
    const inForce = (value: string) => ({ value, source: 'topic', isDefault: false }) as const;
    const existing = {
      preallocate: inForce('true'),
      'min.cleanable.dirty.ratio': inForce('0.5'),
      'retention.ms': inForce('1000'),
    };
    const written = aSpec({ topics: [{ name: 'orders', partitions: 2, config }] });
    expect(topicConfigChanges(written, new Map([['orders', existing]]))).toEqual([]);
  });
});
