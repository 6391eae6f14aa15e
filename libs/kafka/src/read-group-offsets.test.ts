import { describe, expect, test } from '@jest/globals';
import { listGroupsApi, offsetFetchApi } from '@kafka-ha/kafka-protocol';
import { groupOffsetsInParts, readGroupOffsets } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

/** Broker 0 coordinates `billing`, broker 1 `shipping` and a share group. */
function aCluster(errorCodes: Record<string, number> = {}): FakeCluster {
  const cluster = new FakeCluster([0, 1]);
  cluster.answer(listGroupsApi, (_, brokerId) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    groups:
      brokerId === 0
        ? [{ groupId: 'billing', protocolType: 'consumer' }]
        : [
            { groupId: 'shipping', protocolType: '' },
            { groupId: 'shared', protocolType: 'share' },
          ],
  }));
  cluster.answer(offsetFetchApi, ({ groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map(({ groupId }) => ({
      groupId,
      errorCode: errorCodes[groupId] ?? 0,
      topics: [
        {
          name: 'orders',
          partitions: [10, -1].map((committedOffset, index) => ({
            index,
            committedOffset,
            committedLeaderEpoch: -1,
            metadata: '',
            errorCode: 0,
          })),
        },
      ],
    })),
  }));
  return cluster;
}

const committed = (group: string) => ({ group, topic: 'orders', partition: 0, offset: 10 });

describe('readGroupOffsets', () => {
  test('each broker tells of the groups that it coordinates, what was never committed left out', async () => {
    await using kafka = aCluster().connect();
    expect(await readGroupOffsets(kafka, [0, 1])).toEqual([committed('billing'), committed('shipping')]);
  });

  test('a share group is not asked for', async () => {
    const cluster = aCluster();
    await using kafka = cluster.connect();
    await readGroupOffsets(kafka, [1]);
    expect(cluster.requestsOf(offsetFetchApi)).toEqual([
      { groups: [{ groupId: 'shipping', topics: null }], requireStable: false },
    ]);
  });

  test('a broker that is away is passed over, and so is a group that is just being taken over', async () => {
    const cluster = aCluster({ shipping: 14 });
    await using kafka = cluster.connect();
    expect(await readGroupOffsets(kafka, [0, 1])).toEqual([committed('billing')]);
    cluster.down.add(1);
    await using other = cluster.connect();
    expect(await readGroupOffsets(other, [0, 1])).toEqual([committed('billing')]);
  });

  test('no broker at all is an error', async () => {
    const cluster = aCluster();
    cluster.down.add(0).add(1);
    await using kafka = cluster.connect();
    await expect(readGroupOffsets(kafka, [0, 1])).rejects.toMatchObject({ code: 'kafka-unreachable' });
  });
});

describe('groupOffsetsInParts', () => {
  const parts = async (cluster: FakeCluster, groupsAtOnce = 1) => {
    await using kafka = cluster.connect();
    const all = [];
    for await (const part of groupOffsetsInParts(kafka, [0, 1], groupsAtOnce)) all.push(part);
    return all;
  };
  const withTwoOn0 = (errorCodes?: Record<string, number>) => {
    const cluster = aCluster(errorCodes);
    const groups = ['billing', 'audit'].map((groupId) => ({ groupId, protocolType: 'consumer' }));
    cluster.answer(listGroupsApi, (_, id) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      groups: id === 0 ? groups : [],
    }));
    return cluster;
  };

  test('a broker is asked for so many of its groups at a time', async () => {
    expect(await parts(withTwoOn0())).toEqual([[committed('billing')], [committed('audit')]]);
    expect(await parts(withTwoOn0(), 2)).toEqual([[committed('billing'), committed('audit')]]);
  });

  test('a broker that is away is passed over, none at all is an error', async () => {
    const cluster = aCluster();
    cluster.down.add(1);
    expect(await parts(cluster)).toEqual([[committed('billing')]]);
    cluster.down.add(0);
    await expect(parts(cluster)).rejects.toMatchObject({ code: 'kafka-unreachable' });
  });

  test('a broker that goes while it is read is not asked for the rest', async () => {
    const cluster = withTwoOn0();
    cluster.answer(offsetFetchApi, () => {
      throw new Error('gone');
    });
    expect((await parts(cluster)).flat()).toEqual([]);
    expect(cluster.requestsOf(offsetFetchApi)).toHaveLength(1);
  });
});
