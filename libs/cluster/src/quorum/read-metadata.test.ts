import { describe, expect, test } from '@jest/globals';
import { apiVersionsApi, describeFencedBrokersApi } from '@kafka-ha/kafka-protocol';
import { FakeKraft } from '../testing/kraft-nodes.ts';
import { metadataOf } from './read-metadata.ts';

const controllers = [0, 1, 2];

/** Brokers tell that 2 and 7 are fenced, as those of 4.0 and later do. */
function aKraft(): FakeKraft {
  const kraft = new FakeKraft();
  const node = (nodeId: number, isFenced: boolean) => ({ nodeId, host: 'a', port: 1, rack: null, isFenced });
  kraft.cluster.answer(describeFencedBrokersApi, () => ({
    ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, endpointType: 1, clusterId: 'a' },
    ...{ controllerId: 0, clusterAuthorizedOperations: 0 },
    nodes: [node(0, false), node(1, false), node(2, true), node(7, true)],
  }));
  return kraft;
}

describe('readMetadata', () => {
  test('who is fenced is told by a broker, and who copies the metadata by the active controller', async () => {
    const kraft = aKraft();
    kraft.replicas.set(1, { fetchedAt: 99_900, caughtUpAt: 93_000 });
    kraft.replicas.set(2, { fetchedAt: 98_000, caughtUpAt: -1 });
    expect(await metadataOf(kraft.nodes, controllers)).toEqual({
      fenced: [2, 7],
      copies: [
        { brokerId: 0, behindMs: 100, isFetching: true },
        { brokerId: 1, behindMs: 7_000, isFetching: true },
        { brokerId: 2, behindMs: null, isFetching: false },
      ],
      features: {},
    });
  });

  test('a broker that has come back with a new volume is not taken for what it was with its former one', async () => {
    const kraft = aKraft();
    kraft.former.push({ id: 1, fetchedAt: 10_000, caughtUpAt: 10_000 });
    const { copies } = await metadataOf(kraft.nodes, controllers);
    expect(copies.find(({ brokerId }) => brokerId === 1)).toEqual({
      brokerId: 1,
      behindMs: 100,
      isFetching: true,
    });
    expect(copies).toHaveLength(3);
  });

  test('a broker from before 4.0 hangs up, and nothing is known of the fenced alone', async () => {
    const kraft = aKraft();
    kraft.cluster.answer(describeFencedBrokersApi, () => undefined);
    expect(await metadataOf(kraft.nodes, controllers)).toMatchObject({
      fenced: undefined,
      copies: [{ brokerId: 0 }, { brokerId: 1 }, { brokerId: 2 }],
    });
  });

  test('the features are those that a controller knows', async () => {
    const kraft = aKraft();
    kraft.cluster.answer(apiVersionsApi, () => ({
      ...{ errorCode: 0, apiKeys: [], throttleTimeMs: 0, supportedFeatures: [], zkMigrationReady: false },
      finalizedFeaturesEpoch: 49,
      finalizedFeatures: [{ name: 'metadata.version', maxVersionLevel: 29, minVersionLevel: 29 }],
    }));
    expect(await metadataOf(kraft.nodes, controllers)).toMatchObject({
      features: { 'metadata.version': 29 },
    });
  });

  test('without an active controller nothing is known', async () => {
    const kraft = new FakeKraft();
    kraft.activeIn = [null, null, null];
    await expect(metadataOf(kraft.nodes, controllers)).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'there is no active controller',
    });
  });
});
