import { describe, expect, test } from '@jest/globals';
import { getObject } from '@kafka-ha/kube';
import { claimOf, podOf } from '@kafka-ha/manifests';
import { abortScale, deploy, scale, scalePlan } from '@kafka-ha/operations';
import { drain } from '@kafka-ha/testing';
import { actor, expectEven, plantLog, scaleUnderLoad, scaleUnderTest } from './scale-under-test.ts';

const minute = 60_000;
const { clusterOf } = scaleUnderTest();

describe('scale', () => {
  test('a change of the replication factor is not made unawares', async () => {
    const plan = scalePlan(await clusterOf(5, 2), { toleranceIsSaid: false });
    await expect(drain(plan)).rejects.toMatchObject({
      code: 'invalid-usage',
      message: expect.stringContaining('from 3 to 5'),
      hint: expect.stringContaining('--tolerance 2'),
    });
  });

  test(
    'from 3 brokers with 3 replicas to 5 with 5, under load: nothing is lost, nobody waits long, all is even',
    async () => {
      const cluster = await clusterOf(5, 2);
      await scaleUnderLoad(await clusterOf(3, 1), cluster);
      await expectEven(cluster);
    },
    4 * minute,
  );

  test('a deploy does not take brokers away that hold replicas', async () => {
    await expect(drain(deploy(await clusterOf(3, 1), { actor }))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('the cluster has 5 brokers, but the cluster file says 3'),
      hint: expect.stringContaining('kafka-ha scale'),
    });
  });

  test(
    'back to 3 with 3, under load; the brokers that go hold nothing, not even a forgotten log, and their volumes stay',
    async () => {
      const cluster = await clusterOf(3, 1);
      await plantLog(cluster, 4, 'forgotten-0');
      await scaleUnderLoad(await clusterOf(5, 2), cluster);
      await expectEven(cluster);
      for (const id of [3, 4]) {
        const name = claimOf(podOf(cluster.spec, id));
        const { kube, spec } = cluster;
        const ref = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: spec.namespace, name };
        expect(await getObject(kube, ref)).toMatchObject({ status: { phase: 'Bound' } });
      }
    },
    4 * minute,
  );

  test(
    'done once, there is nothing left to do, and nothing to abort',
    async () => {
      const cluster = await clusterOf(3, 1);
      const events = await drain(scale(cluster, { toleranceIsSaid: false, actor }));
      const summaries = events.flatMap((event) => (event.kind === 'finished' ? [event.summary] : []));
      expect(summaries).toContain('every replica is where it should be');
      const aborted = await drain(abortScale(cluster, { actor }));
      expect(aborted).toContainEqual(expect.objectContaining({ summary: 'nothing is being moved' }));
    },
    minute,
  );
});
