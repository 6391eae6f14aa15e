import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { awaitHealthy, openKafka, readPods } from '@kafka-ha/cluster';
import { readTopics } from '@kafka-ha/kafka';
import { deleteObject } from '@kafka-ha/kube';
import { recycleVolumes } from '@kafka-ha/local-cluster';
import { claimOf, podOf } from '@kafka-ha/manifests';
import { deploy, scale } from '@kafka-ha/operations';
import { drain, localClusterOf, realCluster } from '@kafka-ha/testing';
import { migrationUnderTest, thereAndBackTests } from './migrate-under-test.ts';

const minute = 60_000;
const actor = { holder: 'test' };
const migration = migrationUnderTest('migrate-for-good');
const { clusterIn, go, stage, findingsIn, planIn, expectUnharmed } = migration;

describe('migrate for good', () => {
  thereAndBackTests(migration);

  test(
    'a broker that loses its volume between the two has one that ZooKeeper takes, too; none is added meanwhile',
    async () => {
      await go('forward', 'zookeeper');
      const cluster = await clusterIn('dual-write');
      const { kube, spec } = cluster;
      const { namespace } = spec;
      const pod = podOf(spec, 2);
      await deleteObject(kube, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace,
        name: claimOf(pod),
      });
      await deleteObject(kube, { apiVersion: 'v1', kind: 'Pod', namespace, name: pod });
      // A claim goes once its pod has, and its volume with it.
      const local = await localClusterOf(realCluster());
      const recycled = async (until: AbortSignal) =>
        (await recycleVolumes(local, { signal: until })).length > 0;
      await waitFor('its volume to be offered again', recycled, {
        deadlineMs: minute,
        signal: cluster.signal,
      });
      await drain(awaitHealthy(cluster));
      const larger = { ...cluster, spec: { ...spec, brokers: 4 } };
      await expect(drain(scale(larger, { toleranceIsSaid: false, actor }))).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('its size does not change meanwhile'),
      });
      await go('back', 'dual-write');
      expect(await stage()).toBe('zookeeper');
      expect(await findingsIn('zookeeper')).toEqual([]);
    },
    10 * minute,
  );

  test(
    'it goes there again, and gives up ZooKeeper without restarting a broker',
    async () => {
      await go('forward', 'zookeeper');
      const brokersOf = async () =>
        (await readPods(await clusterIn('dual-write')))
          .filter(({ component }) => component === 'kafka')
          .map(({ uid }) => uid);
      const before = await brokersOf();
      await go('finalize', 'dual-write');
      expect(await stage()).toBe('kraft');
      expect(await brokersOf()).toEqual(before);
      expect(await findingsIn('kraft')).toEqual([]);
      const kraft = await clusterIn('kraft');
      expect(await planIn('kraft')).toBe('nothing');
      await using kafka = await openKafka(kraft);
      expect((await readTopics(kafka)).map(({ name }) => name)).toContain('meanwhile');
      await expect(go('back', 'kraft')).rejects.toMatchObject({ code: 'conflict' });
    },
    12 * minute,
  );

  test(
    'then Kafka 4 follows by an ordinary upgrade',
    async () => {
      const { spec, ...cluster } = await clusterIn('kraft');
      const versions = { ...spec.versions, kafka: '4.4.0' };
      const images = { ...spec.images, kafka: 'apache/kafka:4.4.0' };
      await drain(deploy({ ...cluster, spec: { ...spec, versions, images } }, { actor }));
    },
    8 * minute,
  );

  test(
    'whoever wrote meanwhile has lost nothing',
    async () => {
      await expectUnharmed();
    },
    5 * minute,
  );
});
