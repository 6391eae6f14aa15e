import { describe, expect, test } from '@jest/globals';
import { ordinals } from '@kafka-ha/manifests';
import { listGroupsApi, offsetFetchApi } from '@kafka-ha/kafka-protocol';
import { FakeCluster } from '@kafka-ha/kafka/testing';
import { aLog, nowMs } from '@kafka-ha/metrics/testing';
import { readGroups } from './read-groups.ts';

const { signal } = new AbortController();
const partitions = 1_000;
const topics = [
  { name: 'events', partitions: ordinals(partitions).map((partition) => ({ partition, leader: 0 })) },
];
const reading = {
  logs: new Map([['events', new Map(ordinals(partitions).map((partition) => [partition, aLog()]))]]),
  retention: new Map(),
  readAtMs: nowMs,
};

/** Each group is furthest behind in the partition of its number. */
function aCluster(groups: number): FakeCluster {
  const cluster = new FakeCluster([0]);
  cluster.answer(listGroupsApi, () => ({
    throttleTimeMs: 0,
    errorCode: 0,
    groups: ordinals(groups).map((group) => ({ groupId: String(group), protocolType: 'consumer' })),
  }));
  const none = { committedLeaderEpoch: 0, metadata: '', errorCode: 0 };
  cluster.answer(offsetFetchApi, (asked) => ({
    throttleTimeMs: 0,
    groups: asked.groups.map(({ groupId }) => ({
      groupId,
      errorCode: 0,
      topics: [
        {
          name: 'events',
          partitions: ordinals(partitions).map((index) => ({
            ...none,
            index,
            committedOffset: index === Number(groupId) ? 40 : 90,
          })),
        },
      ],
    })),
  }));
  return cluster;
}

async function readOf(cluster: FakeCluster, most: number) {
  const looks = { count: 0 };
  const lagsKnown = async () => {
    looks.count += 1;
    return { reading, history: [] };
  };
  const kafka = cluster.connect(signal);
  return { ...(await readGroups(kafka, { brokers: [0], topics, most, lagsKnown })), looks: looks.count };
}

describe('read groups', () => {
  test('what there is room for is read as it is, and nothing is asked for it', async () => {
    const { offsets, omitted, looks } = await readOf(aCluster(3), 3_000);
    expect([offsets.length, omitted, looks]).toEqual([3_000, 0, 0]);
  });

  test('of more only what is worst is kept, a few groups at a time', async () => {
    const cluster = aCluster(12);
    const { offsets, omitted, looks } = await readOf(cluster, 3_000);
    expect(offsets).toEqual(
      ordinals(12).map((group) => ({ group: String(group), topic: 'events', partition: group, offset: 40 })),
    );
    expect([omitted, looks]).toEqual([11_988, 1]);
    expect(cluster.requestsOf(offsetFetchApi).map(({ groups }) => groups.length)).toEqual([5, 5, 2]);
  });

  test('where nobody tells which topics there are, each group is read by itself', async () => {
    const cluster = aCluster(2);
    const kafka = cluster.connect(signal);
    const lagsKnown = async () => ({ reading, history: [] });
    await readGroups(kafka, { brokers: [0], topics: [], most: 100, lagsKnown });
    expect(cluster.requestsOf(offsetFetchApi).map(({ groups }) => groups.length)).toEqual([1, 1]);
  });
});
