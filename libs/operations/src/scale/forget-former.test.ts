import { expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { FakeCluster } from '@kafka-ha/kafka/testing';
import { unregisterBrokerApi } from '@kafka-ha/kafka-protocol';
import { forgetFormer } from './forget-former.ts';

const { signal } = new AbortController();
const claims = ['events-kafka-2', 'events-kafka-3', 'events-kafka-10', 'events-controller-4'].map((pod) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: `data-${pod}`, namespace: 'kafka' },
  spec: {},
}));

test.each([
  { mode: 'kraft' as const, forgotten: [{ brokerId: 3 }, { brokerId: 10 }] },
  { mode: 'zookeeper' as const, forgotten: [] },
])('with $mode, of those whose volumes are left', async ({ mode, forgotten }) => {
  const cluster = new FakeCluster([0, 1, 2]);
  cluster.answer(unregisterBrokerApi, () => ({ throttleTimeMs: 0, errorCode: 0, errorMessage: null }));
  await using fake = await fakeObjects(claims);
  await using kafka = cluster.connect();
  const spec = aSpec({ mode, brokers: 3, tolerance: 1 });
  await forgetFormer({ kube: fake.kube, spec }, kafka, signal);
  expect(cluster.requestsOf(unregisterBrokerApi)).toEqual(forgotten);
});
