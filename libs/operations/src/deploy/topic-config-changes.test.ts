import { expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { topicConfigChanges } from './topic-config-changes.ts';

const spec = aSpec({ topics: [{ name: 'orders', partitions: 2, config: { 'retention.ms': '1000' } }] });

function withRetention(value: string) {
  const entry = { value, source: 'topic', isDefault: false } as const;
  return new Map([['orders', { 'retention.ms': entry, 'segment.ms': { ...entry, value: '5' } }]]);
}

test('a key that the file gives another value is changed, one that it does not name is left', () => {
  expect(topicConfigChanges(spec, withRetention('60000'))).toEqual([
    { topic: 'orders', key: 'retention.ms', from: '60000', to: '1000' },
  ]);
  expect(topicConfigChanges(spec, withRetention('1000'))).toEqual([]);
});

test('a topic that is not there yet gets its keys when it is created', () => {
  expect(topicConfigChanges(spec, new Map())).toEqual([]);
});
