import { describe, expect, test } from '@jest/globals';
import { describeFencedBrokersApi, updateFeaturesApi } from '@kafka-ha/kafka-protocol';
import { readRegistrations, updateFeature, whyNotUpdated } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

const up = { feature: 'metadata.version', from: 21, to: 33 };
const done = { throttleTimeMs: 0, errorCode: 0, errorMessage: null, results: [] };

describe('updateFeature', () => {
  test('a feature goes up, or safely down', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answer(updateFeaturesApi, () => done);
    await using kafka = cluster.connect();
    await updateFeature(kafka, up);
    await updateFeature(kafka, { feature: 'share.version', from: 1, to: 0 });
    expect(cluster.requestsOf(updateFeaturesApi)).toMatchObject([
      { features: [{ name: 'metadata.version', maxVersionLevel: 33, upgradeType: 1 }], validateOnly: false },
      { features: [{ name: 'share.version', maxVersionLevel: 0, upgradeType: 2 }], validateOnly: false },
    ]);
  });

  const message = 'Broker 5 does not support this feature.';

  test.each([
    { by: '4.x', answer: { ...done, errorCode: 96, errorMessage: message } },
    {
      by: '3.9',
      answer: { ...done, results: [{ name: 'metadata.version', errorCode: 96, errorMessage: message }] },
    },
  ])('a refusal is told wherever $by says it', async ({ answer }) => {
    const cluster = new FakeCluster([0]);
    cluster.answer(updateFeaturesApi, () => answer);
    await using kafka = cluster.connect();
    await expect(updateFeature(kafka, up)).rejects.toMatchObject({
      code: 'kafka-refused',
      message: `metadata.version was not changed from 21 to 33: FEATURE_UPDATE_FAILED (${message})`,
    });
    expect(await whyNotUpdated(kafka, [up])).toBe(message);
  });

  test('whether it would be taken is asked without changing anything', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answer(updateFeaturesApi, () => done);
    await using kafka = cluster.connect();
    expect(await whyNotUpdated(kafka, [up])).toBeUndefined();
    expect(cluster.requestsOf(updateFeaturesApi)).toMatchObject([{ validateOnly: true }]);
  });

  test('who is registered is told with those that are fenced', async () => {
    const cluster = new FakeCluster([0]);
    const node = (nodeId: number, isFenced: boolean) => ({
      nodeId,
      host: 'a',
      port: 1,
      rack: null,
      isFenced,
    });
    cluster.answer(describeFencedBrokersApi, () => ({
      ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, endpointType: 1, clusterId: 'a' },
      ...{ controllerId: 0, nodes: [node(0, false), node(5, true)], clusterAuthorizedOperations: 0 },
    }));
    await using kafka = cluster.connect();
    expect(await readRegistrations(kafka)).toEqual([
      { id: 0, isFenced: false },
      { id: 5, isFenced: true },
    ]);
  });
});
