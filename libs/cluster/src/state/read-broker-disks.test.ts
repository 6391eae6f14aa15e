import { describe, expect, test } from '@jest/globals';
import { describeLogDirsApi } from '@kafka-ha/kafka-protocol';
import { FakeCluster } from '@kafka-ha/kafka/testing';
import { readBrokerDisks } from './read-broker-disks.ts';

describe('readBrokerDisks', () => {
  test("each broker says how full its own volume is, and one that is away hides no other's", async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.answer(describeLogDirsApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      directories: [
        { errorCode: 0, path: '/data', topics: [], totalBytes: 1000, usableBytes: 300 + brokerId },
      ],
    }));
    cluster.down.add(0);
    await using kafka = cluster.connect();
    expect(await readBrokerDisks(kafka, [0, 1])).toEqual([
      { brokerId: 0, usage: { kind: 'unreadable', reason: expect.stringContaining('0') } },
      { brokerId: 1, usage: { kind: 'read', value: { usedBytes: 699, sizeBytes: 1000 } } },
    ]);
  });
});
