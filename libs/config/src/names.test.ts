import { describe, expect, test } from '@jest/globals';
import {
  clusterNamePattern,
  MAX_CLUSTER_NAME,
  namespaceRefusal,
  topicNamePattern,
  topicNameRefusals,
} from './names.ts';

describe('names', () => {
  test('the longest name of an object that is made from the longest cluster name fits into a label', () => {
    const name = 'a'.repeat(MAX_CLUSTER_NAME);
    expect(clusterNamePattern.test(name)).toBe(true);
    const revisionLabel = `${name}-zookeeper-${'x'.repeat(10)}`;
    for (const derived of [`${name}-zookeeper-headless`, revisionLabel, `${name}-kafka-99`])
      expect(derived.length).toBeLessThanOrEqual(63);
  });

  test.each(['a'.repeat(MAX_CLUSTER_NAME + 1), 'Events', '1events', 'events-', '-events', 'a_b', 'a.b', ''])(
    '%p cannot name a cluster',
    (name) => {
      expect(clusterNamePattern.test(name)).toBe(false);
    },
  );

  test('the namespaces of Kubernetes and the shared one are refused', () => {
    expect(namespaceRefusal('kube-system')).toMatch(/belongs to Kubernetes/);
    expect(namespaceRefusal('default')).toMatch(/shared/);
    expect(namespaceRefusal('kafka')).toBeUndefined();
  });

  test('a topic has a name that Kafka takes', () => {
    expect(topicNamePattern.test('user.events_v2-raw')).toBe(true);
    for (const name of ['a b', 'a/b', '', 'é', 'a'.repeat(250)])
      expect(topicNamePattern.test(name)).toBe(false);
  });

  test('internal, repeated and colliding topics are refused, each once', () => {
    const refusals = topicNameRefusals(['a.b', '__consumer_offsets', 'a_b', 'c', 'c', '..']);
    expect(refusals.map(({ index, reason }) => [index, reason.slice(0, 30)])).toEqual([
      [1, '"__consumer_offsets" is named '],
      [2, 'topic "a_b" collides with "a.b'],
      [4, 'topic "c" is listed twice'],
      [5, 'no topic can be named "..": it'],
    ]);
  });
});
