import { describe, expect, test } from '@jest/globals';
import { type ApiVersions, apiVersionsApi } from '@kafka-ha/kafka-protocol';
import { FakeKraft } from '../testing/kraft-nodes.ts';
import { featuresIn } from './read-features.ts';

/** What each controller says, by its ordinal: up to where it knows the metadata, and the level of metadata.version. */
function kraftWhere(said: readonly (readonly [epoch: number, level: number])[]): FakeKraft {
  const kraft = new FakeKraft();
  kraft.cluster.answer(apiVersionsApi, (_request, id): ApiVersions => {
    const [epoch, level] = said[id - 1_000]!;
    return {
      ...{ errorCode: 0, apiKeys: [], throttleTimeMs: 0, supportedFeatures: [], zkMigrationReady: false },
      finalizedFeaturesEpoch: epoch,
      finalizedFeatures: [{ name: 'metadata.version', maxVersionLevel: level, minVersionLevel: level }],
    };
  });
  return kraft;
}

describe('readFeatures', () => {
  test('the controller that has read most of the metadata is believed', async () => {
    const { nodes } = kraftWhere([
      [40, 21],
      [49, 33],
      [41, 21],
    ]);
    expect(await featuresIn(nodes, [0, 1, 2])).toEqual({ 'metadata.version': 33 });
  });

  test('one that knows nothing yet is not, and one that is away is not missed', async () => {
    const { nodes, cluster } = kraftWhere([
      [-1, 7],
      [49, 33],
      [3, 21],
    ]);
    cluster.down.add(1_001);
    expect(await featuresIn(nodes, [0, 1, 2])).toEqual({ 'metadata.version': 21 });
  });

  test('where nobody knows it is said why', async () => {
    const { nodes, cluster } = kraftWhere([
      [-1, 7],
      [-1, 7],
      [49, 33],
    ]);
    cluster.down.add(1_002);
    await expect(featuresIn(nodes, [0, 1, 2])).rejects.toMatchObject({
      code: 'kafka-unreachable',
      details: expect.arrayContaining([
        'controller 0: it does not know yet',
        expect.stringContaining('controller 2: '),
      ]),
    });
  });
});
