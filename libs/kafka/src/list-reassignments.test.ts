import { describe, expect, test } from '@jest/globals';
import { describeLogDirsApi, listPartitionReassignmentsApi } from '@kafka-ha/kafka-protocol';
import { listReassignments, readDisks } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

describe('listReassignments', () => {
  test('reassignments are read from the controller, each with what comes and what goes', async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.controllerId = 1;
    cluster.answer(listPartitionReassignmentsApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      errorCode: brokerId === 1 ? 0 : 41,
      errorMessage: null,
      topics: [
        { name: 'orders', partitions: [{ index: 4, replicas: [1, 2, 6], adding: [6], removing: [1] }] },
      ],
    }));
    await using kafka = cluster.connect();
    expect(await listReassignments(kafka)).toEqual([
      { topic: 'orders', partition: 4, replicas: [1, 2, 6], adding: [6], removing: [1] },
    ]);
  });

  test('reassignments that Kafka will not tell of are an error', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answer(listPartitionReassignmentsApi, () => ({
      throttleTimeMs: 0,
      errorCode: 31,
      errorMessage: null,
      topics: [],
    }));
    await using kafka = cluster.connect();
    await expect(listReassignments(kafka)).rejects.toThrow('CLUSTER_AUTHORIZATION_FAILED');
  });

  test('a disk is as large as its file system, and used as far as the broker cannot write', async () => {
    const cluster = new FakeCluster([3]);
    cluster.answer(describeLogDirsApi, () => aDirectory(0));
    await using kafka = cluster.connect();
    expect(await readDisks(kafka, 3)).toEqual([
      { brokerId: 3, logDir: '/data', sizeBytes: 1000, usedBytes: 700 },
    ]);
  });

  test('a disk that failed is an error', async () => {
    const cluster = new FakeCluster([3]);
    cluster.answer(describeLogDirsApi, () => aDirectory(56));
    await using kafka = cluster.connect();
    await expect(readDisks(kafka, 3)).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'the disks of broker 3 cannot be read: KAFKA_STORAGE_ERROR',
    });
  });

  function aDirectory(errorCode: number) {
    const directory = { errorCode, path: '/data', topics: [], totalBytes: 1000, usableBytes: 300 };
    return { throttleTimeMs: 0, errorCode: 0, directories: [directory] };
  }
});
