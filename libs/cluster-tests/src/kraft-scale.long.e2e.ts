import { describe, expect, test } from '@jest/globals';
import { openKafka } from '@kafka-ha/cluster';
import { ordinals } from '@kafka-ha/manifests';
import { expectEven, scaleUnderLoad, scaleUnderTest } from './scale-under-test.ts';

const minute = 60_000;
const { clusterOf } = scaleUnderTest('cluster.kraft.yaml');

describe('scale of a cluster without ZooKeeper', () => {
  // Brokers and how many of them may be lost, before and after: with and without another replication factor.
  test.each([
    [3, 1, 4, 1],
    [4, 1, 5, 2],
    [5, 2, 4, 1],
    [4, 1, 3, 1],
  ] as const)(
    'from %d brokers (%d may be lost) to %d (%d), under load: nothing is lost, nobody waits long, all is even',
    async (brokers, tolerance, brokersThen, toleranceThen) => {
      const cluster = await clusterOf(brokersThen, toleranceThen);
      await scaleUnderLoad(await clusterOf(brokers, tolerance), cluster);
      await expectEven(cluster);
      await using kafka = await openKafka(cluster);
      // The controllers know those no more that have left.
      expect(await kafka.registry.brokerIds()).toEqual(ordinals(brokersThen));
    },
    5 * minute,
  );
});
