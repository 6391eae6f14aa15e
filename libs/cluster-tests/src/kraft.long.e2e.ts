import { describe, expect, test } from '@jest/globals';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { readTopics } from '@kafka-ha/kafka';
import { scale } from '@kafka-ha/operations';
import { drain } from '@kafka-ha/testing';
import { actor, kraftUnderTest } from './kraft-under-test.ts';

const minute = 60_000;
const { clusterOf, expectToPass } = kraftUnderTest();

describe('kraft', () => {
  test.each(['kill-broker', 'stop-broker', 'kill-controller', 'stop-controller', 'drain-two-nodes'] as const)(
    'nothing is lost, and nobody waits longer than is promised: %s',
    expectToPass,
    4 * minute,
  );

  test(
    'a broker is added, and taken away again: the controllers know it no more',
    async () => {
      const cluster = await clusterOf(3);
      const larger = await clusterOf(4);
      await drain(scale(larger, { toleranceIsSaid: false, actor }));
      await using kafka = await openKafka(larger);
      expect(await holders(larger)).toEqual([0, 1, 2, 3]);
      expect(await kafka.registry.brokerIds()).toEqual([0, 1, 2, 3]);
      await drain(scale(cluster, { toleranceIsSaid: false, actor }));
      expect(await holders(cluster)).toEqual([0, 1, 2]);
      expect(await kafka.registry.brokerIds()).toEqual([0, 1, 2]);
    },
    5 * minute,
  );

  async function holders(target: FencedCluster): Promise<number[]> {
    await using kafka = await openKafka(target);
    const partitions = (await readTopics(kafka)).flatMap(({ partitions }) => partitions);
    return [...new Set(partitions.flatMap(({ replicas }) => replicas))].sort();
  }
});
