import { describe, expect, test } from '@jest/globals';
import { decodeAnswer, encodeRequest } from './framing.ts';
import { fetchApi } from './messages/fetch.ts';
import { initProducerIdApi } from './messages/init-producer-id.ts';
import { listOffsetsApi } from './messages/list-offsets.ts';
import { metadataApi } from './messages/metadata.ts';
import { produceApi } from './messages/produce.ts';
import { encodeRecordBatch } from './record-batch.ts';

const clientId = 'kafka-ha-workload-r1';

describe('framing', () => {
  // The bytes are those of kafkajs 2.2.4. It says version 7 of Produce, whose request is the same as version 8, and names
  // leader epoch 0 in batches, which the broker overwrites.

  test('an idempotent write is framed as others frame it', () => {
    const producer = { id: 4007, epoch: 3 };
    const batch = (firstSequence: number, ...values: string[]) => {
      const records = values.map((value) => ({ value: Buffer.from(value) }));
      return encodeRecordBatch(records, 1764000000000, { ...producer, firstSequence });
    };
    const request = {
      transactionalId: null,
      acks: -1,
      timeoutMs: 10_000,
      topics: [
        {
          name: 'drill',
          partitions: [
            {
              index: 7,
              records: batch(41, 'r1 0 41 0123456789', 'r1 0 42 0123456789', 'r1 0 43 0123456789'),
            },
            { index: 12, records: batch(0, '') },
          ],
        },
      ],
    };
    expect(encodeRequest(produceApi, request, { correlationId: 77, clientId }).toString('hex')).toBe(
      '00000111000000080000004d00146b61666b612d68612d776f726b6c6f61642d7231ffffffff000027100000000100056472696c6c00000002000000070000008800000000000000000000007cffffffff029de96f030000000000020000019ab697e8000000019ab697e8000000000000000fa7000300000029000000033000000001247231203020343120303132333435363738390030000002012472312030203432203031323334353637383900300000040124723120302034332030313233343536373839000000000c00000044000000000000000000000038ffffffff02621a29e20000000000000000019ab697e8000000019ab697e8000000000000000fa7000300000000000000010c000000010000',
    );
  });

  test('a fetch is framed as others frame it', () => {
    const partition = { logStartOffset: -1, maxBytes: 1 << 20 };
    const request = {
      replicaId: -1,
      maxWaitMs: 250,
      minBytes: 1,
      maxBytes: 4 << 20,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [
        {
          name: 'drill',
          partitions: [
            { ...partition, index: 0, currentLeaderEpoch: 5, fetchOffset: 4_294_967_300 },
            { ...partition, index: 19, currentLeaderEpoch: -1, fetchOffset: 0 },
          ],
        },
      ],
      forgotten: [],
      rackId: '',
    };
    expect(encodeRequest(fetchApi, request, { correlationId: 78, clientId }).toString('hex')).toBe(
      '000000840001000b0000004e00146b61666b612d68612d776f726b6c6f61642d7231ffffffff000000fa00000001004000000000000000ffffffff0000000100056472696c6c0000000200000000000000050000000100000004ffffffffffffffff0010000000000013ffffffff0000000000000000ffffffffffffffff00100000000000000000',
    );
  });

  test('a question for offsets is framed as others frame it', () => {
    const partitions = [0, 19].map((index) => ({ index, timestamp: -2 }));
    const request = { replicaId: -1, isolationLevel: 0, topics: [{ name: 'drill', partitions }] };
    expect(encodeRequest(listOffsetsApi, request, { correlationId: 79, clientId }).toString('hex')).toBe(
      '0000004a000200030000004f00146b61666b612d68612d776f726b6c6f61642d7231ffffffff000000000100056472696c6c0000000200000000fffffffffffffffe00000013fffffffffffffffe',
    );
  });

  test('a question for a producer id is framed as others frame it, and its answer read', () => {
    const request = { transactionalId: null, transactionTimeoutMs: 0 };
    expect(encodeRequest(initProducerIdApi, request, { correlationId: 80, clientId }).toString('hex')).toBe(
      '00000024001600010000005000146b61666b612d68612d776f726b6c6f61642d7231ffff00000000',
    );
    const answer = Buffer.from('00000000' + '0000' + '0000000000000fa7' + '0003', 'hex');
    expect(decodeAnswer(initProducerIdApi, answer)).toEqual({
      throttleTimeMs: 0,
      errorCode: 0,
      producerId: 4007,
      producerEpoch: 3,
    });
  });

  test('flexible messages have tags in their headers', () => {
    const request = { topics: [], allowAutoTopicCreation: false, includeAuthorizedOperations: false };
    // Length, key, version, id, client, tags; no topics, two times no, tags.
    expect(encodeRequest(metadataApi, request, { correlationId: 81, clientId: 'c' }).toString('hex')).toBe(
      '00000010' + '0003' + '000b' + '00000051' + '000163' + '00' + '01' + '0000' + '00',
    );
    // A tag of the header; no throttling, brokers, cluster id, controller -1, no topics, tags.
    const answer = Buffer.from('01' + '0001aa' + '00000000' + '01' + '00' + 'ffffffff' + '01' + '00', 'hex');
    expect(decodeAnswer(metadataApi, answer)).toMatchObject({ brokers: [], controllerId: -1, topics: [] });
  });
});
