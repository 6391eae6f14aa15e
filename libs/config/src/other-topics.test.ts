import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from './check-cluster-file.ts';

describe('other topics', () => {
  test.each([
    ['{ name: events, tolerance: 0 }', /topics lists events, which keeps the promise/],
    ['{ name: ev*, tolerance: 0 }', /topics lists events, which keeps the promise/],
    ['{ name: __consumer_offsets, tolerance: 0 }', /Kafka's own/],
    ['{ name: _schemas, tolerance: 3 }', /is 3, but the cluster's is 2/],
    ['{ name: "*", tolerance: 0 }', /a prefix of several names/],
    ['{ name: _schemas }', /tolerance is missing/],
  ])('otherTopics: [%s] is refused', (other, reason) => {
    const text = `name: a\ntopics: [{ name: events, partitions: 5 }]\notherTopics: [${other}]\n`;
    const result = checkClusterFile(text, { file: 'f' });
    expect(result.kind === 'refused' && result.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(reason),
    ]);
  });
});
