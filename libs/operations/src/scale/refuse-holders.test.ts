import { describe, expect, test } from '@jest/globals';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import { listPartitionReassignmentsApi } from '@kafka-ha/kafka-protocol';
import { putBackHolders, refuseHolders } from './refuse-holders.ts';

describe('refuseHolders', () => {
  test('a broker that was given a partition while it went is brought back, and the rest is for the next run', async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0, 1]), aTopic('late', [3])];
    await using kafka = cluster.connect();
    let isBack = false;
    const told: string[] = [];
    const bringBack = async function* () {
      yield 'starting broker 3';
      isBack = true;
    };
    const run = async () => {
      for await (const detail of putBackHolders(kafka, [3], bringBack)) told.push(detail);
    };
    await expect(run()).rejects.toMatchObject({ code: 'conflict', details: ['late-0'] });
    expect({ isBack, told }).toEqual({
      isBack: true,
      told: ['bringing brokers 3 back, which were given late-0', 'starting broker 3'],
    });
  });

  test('one that holds nothing stays gone', async () => {
    const cluster = aCluster();
    cluster.topics = [aTopic('orders', [0, 1])];
    await using kafka = cluster.connect();
    const bringBack = async function* () {
      yield 'starting broker 3';
    };
    for await (const detail of putBackHolders(kafka, [3], bringBack)) throw new Error(detail);
    await refuseHolders(kafka, [3]);
  });

  test('a broker to which something is being moved does not go', async () => {
    const cluster = aCluster({ index: 0, replicas: [0, 3], adding: [3], removing: [0] });
    cluster.topics = [aTopic('orders', [0, 1])];
    await using kafka = cluster.connect();
    await expect(refuseHolders(kafka, [3])).rejects.toMatchObject({
      code: 'conflict',
      details: ['orders-0'],
    });
  });

  type Moving = { index: number; replicas: number[]; adding: number[]; removing: number[] };

  function aCluster(...moving: Moving[]): FakeCluster {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.answer(listPartitionReassignmentsApi, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      topics: moving.length === 0 ? [] : [{ name: 'orders', partitions: moving }],
    }));
    return cluster;
  }
});
