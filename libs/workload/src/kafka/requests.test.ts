import { describe, expect, test } from '@jest/globals';
import {
  type Metadata,
  encode,
  encodeRecordBatch,
  fetchApi,
  metadataApi,
  noUuid,
  produceApi,
} from '@kafka-ha/kafka-protocol';
import { fetch, metadata, produce } from './requests.ts';

describe('requests', () => {
  test('metadata tells each partition’s leader and epoch, and a partition without one keeps nobody else from having one', () => {
    const partition = { errorCode: 0, replicas: [1, 2], isr: [1], offlineReplicas: [] };
    const answer = metadataAnswer({
      errorCode: 0,
      name: 'drill',
      topicId: noUuid,
      isInternal: false,
      partitions: [
        { ...partition, index: 0, leaderId: 2, leaderEpoch: 7 },
        { ...partition, index: 1, errorCode: 5, leaderId: -1, leaderEpoch: 8 },
      ],
      authorizedOperations: 0,
    });
    expect(metadata('drill').decode(answer)).toEqual({
      brokers: [{ id: 2, host: 'b2', port: 9092 }],
      errorCode: 0,
      partitions: [
        { partition: 0, leader: 2, epoch: 7 },
        { partition: 1, leader: -1, epoch: 8 },
      ],
    });
  });

  test('an answer that does not name the topic does not know it', () => {
    expect(metadata('drill').decode(metadataAnswer())).toMatchObject({ errorCode: 3, partitions: [] });
  });

  test('a write to several partitions is answered for each of them', () => {
    const answered = { logAppendTimeMs: -1, logStartOffset: 0, recordErrors: [], errorMessage: null };
    const partitions = [
      { ...answered, index: 3, errorCode: 0, baseOffset: 41 },
      { ...answered, index: 7, errorCode: 6, baseOffset: -1 },
    ];
    const answer = encode(produceApi.response, {
      topics: [{ name: 'drill', partitions }],
      throttleTimeMs: 0,
    });
    expect(produce('drill', [], undefined, 1000).decode(answer)).toEqual([
      { partition: 3, errorCode: 0, offset: 41 },
      { partition: 7, errorCode: 6, offset: -1 },
    ]);
  });

  test('a write names its producer only where there is one', () => {
    const batch = { partition: 0, values: [Buffer.from('a')], sequence: 17 };
    const bytes = (producer?: { id: number; epoch: number }) =>
      produce('drill', [batch], producer, 1000).encode(1, 'c').toString('hex');
    expect(bytes({ id: 4007, epoch: 3 })).toContain('0000000000000fa7' + '0003' + '00000011' + '00000001');
    expect(bytes()).toContain('ffffffffffffffff' + 'ffff' + 'ffffffff' + '00000001');
  });

  test('what is fetched has its offsets, and the epoch of the leader that took it', () => {
    const records = Buffer.concat([aBatch(40, 5, 'a', 'b'), aBatch(42, 6, 'c')]);
    expect(fetch('drill', [], 250).decode(fetchAnswer(records))).toEqual([
      {
        partition: 3,
        errorCode: 0,
        records: [
          { offset: 40, epoch: 5, value: Buffer.from('a') },
          { offset: 41, epoch: 5, value: Buffer.from('b') },
          { offset: 42, epoch: 6, value: Buffer.from('c') },
        ],
      },
    ]);
  });

  test('records that cannot be read are not taken for none', () => {
    const zstd = aBatch(40, 5, 'a');
    zstd.writeInt16BE(4, 21);
    const read = () => fetch('drill', [], 250).decode(fetchAnswer(zstd));
    expect(read).toThrow('the records from offset 40 on are compressed, but not by gzip');
  });

  type Topic = Metadata['topics'][number];

  function metadataAnswer(...topics: Topic[]): Buffer {
    const brokers = [{ nodeId: 2, host: 'b2', port: 9092, rack: null }];
    const answer = { throttleTimeMs: 0, brokers, clusterId: null, controllerId: 2, topics };
    const tagsOfTheHeader = Buffer.alloc(1);
    return Buffer.concat([tagsOfTheHeader, encode(metadataApi.response, answer)]);
  }

  function fetchAnswer(records: Buffer): Buffer {
    const partition = {
      index: 3,
      errorCode: 0,
      highWatermark: 43,
      lastStableOffset: 43,
      logStartOffset: 0,
      abortedTransactions: null,
      preferredReadReplica: -1,
      records,
    };
    const topics = [{ name: 'drill', partitions: [partition] }];
    return encode(fetchApi.response, { throttleTimeMs: 0, errorCode: 0, sessionId: 0, topics });
  }

  /** As the broker keeps it. */
  function aBatch(baseOffset: number, leaderEpoch: number, ...values: string[]): Buffer {
    const records = values.map((value) => ({ value: Buffer.from(value) }));
    const batch = encodeRecordBatch(records, 1764000000000);
    batch.writeBigInt64BE(BigInt(baseOffset));
    batch.writeInt32BE(leaderEpoch, 12);
    return batch;
  }
});
