import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { brokerOfPod, claimOf, podOf } from './names.ts';

describe('names', () => {
  test("a broker's pod tells its id, and no other pod does", () => {
    const cluster = { name: 'events' };
    fc.assert(fc.property(fc.nat(), (id) => expect(brokerOfPod(cluster, podOf(cluster, id))).toBe(id)));
    for (const pod of [
      'events-kafka-01',
      'events-kafka-',
      'events-kafka-x',
      'other-kafka-0',
      'events-zookeeper-0',
    ])
      expect(brokerOfPod(cluster, pod)).toBeUndefined();
  });

  test('a claim is named as Kubernetes names it', () => {
    expect(claimOf('events-kafka-3')).toBe('data-events-kafka-3');
  });
});
