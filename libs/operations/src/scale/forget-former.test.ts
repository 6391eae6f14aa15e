import { describe, expect, test } from '@jest/globals';
import { answerAsKraft, FakeKraft, fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { FakeCluster } from '@kafka-ha/kafka/testing';
import { describeFencedBrokersApi, unregisterBrokerApi } from '@kafka-ha/kafka-protocol';
import { forgetFormer } from './forget-former.ts';

const { signal } = new AbortController();
const claims = ['events-kafka-2', 'events-kafka-3', 'events-kafka-10', 'events-controller-4'].map((pod) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: `data-${pod}`, namespace: 'kafka' },
  spec: {},
}));

describe('forgetFormer', () => {
  test.each([
    { mode: 'kraft' as const, forgotten: [{ brokerId: 3 }, { brokerId: 10 }] },
    { mode: 'zookeeper' as const, forgotten: [] },
  ])('with $mode, of those whose volumes are left', async ({ mode, forgotten }) => {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.answer(unregisterBrokerApi, () => ({ throttleTimeMs: 0, errorCode: 0, errorMessage: null }));
    await using fake = await fakeObjects(claims);
    await using kafka = cluster.connect();
    const spec = aSpec({ mode, brokers: 3, tolerance: 1 });
    await forgetFormer({ kube: fake.kube, spec, signal }, kafka);
    expect(cluster.requestsOf(unregisterBrokerApi)).toEqual(forgotten);
  });

  test('with Kafka 4 also one whose volume was deleted, by the word of the controllers', async () => {
    const kraft = new FakeKraft();
    const node = (nodeId: number, isFenced: boolean) => ({
      nodeId,
      host: 'a',
      port: 1,
      rack: null,
      isFenced,
    });
    kraft.cluster.answer(describeFencedBrokersApi, () => ({
      ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, endpointType: 1, clusterId: 'a' },
      ...{
        controllerId: 0,
        nodes: [node(0, false), node(2, true), node(7, true)],
        clusterAuthorizedOperations: 0,
      },
    }));
    kraft.cluster.answer(unregisterBrokerApi, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
    }));
    await using fake = await fakeObjects([claims[1]!]);
    answerAsKraft(fake, kraft);
    await using kafka = kraft.cluster.connect();
    const spec = aSpec({ mode: 'kraft', brokers: 3, tolerance: 1 });
    await forgetFormer({ kube: fake.kube, spec, signal }, kafka);
    expect(kraft.cluster.requestsOf(unregisterBrokerApi)).toEqual([{ brokerId: 3 }, { brokerId: 7 }]);
  });
});
