import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeRecordBatches, encodeRecordBatch } from './record-batch.ts';

/** Written by `MemoryRecords` of kafka-clients 3.9.2. */
const TWO_RECORDS =
  '00000000000000000000007dffffffff02e9ea31fd0000000000010000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000024a000000012072756e2d31206f72646572732d30203002106b61666b612d68610a70726f62654a000002012072756e2d31206f72646572732d30203102106b61666b612d68610a70726f6265';
const KEYED_AT_7 =
  '00000000000000070000004b0000000302c1a2c4570000000000010000019ab697e8000000019ab697eb090000000000000009000100000005000000021c000000066b65790a76616c7565001400920c02066b65790100';
const GZIPPED_AT_41 =
  '00000000000000290000004e00000003020c1ff9a60001000000000000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000011f8b08000000000000ff1360606060ca662a630000a37fcfa609000000';

describe('record batch', () => {
  test('records are written as Kafka writes them', () => {
    const records = [0, 1].map((index) => ({
      value: Buffer.from(`run-1 orders-0 ${index}`),
      headers: { 'kafka-ha': 'probe' },
    }));
    expect(encodeRecordBatch(records, 1764000000000).toString('hex')).toBe(TWO_RECORDS);
  });

  /** Written by kafkajs 2.2.4, but for the leader's epoch, which it sets to 0. */
  const SEQUENCED =
    '00000000000000000000007cffffffff029de96f030000000000020000019ab697e8000000019ab697e8000000000000000fa700030000002900000003300000000124723120302034312030313233343536373839003000000201247231203020343220303132333435363738390030000004012472312030203433203031323334353637383900';
  const EMPTY_AT_THE_LAST_SEQUENCE =
    '000000000000000000000038ffffffff02e4e8a8ae0000000000000000019ab697e8000000019ab697e8000000000000000fa700037fffffff000000010c000000010000';

  test('a batch of an idempotent producer names it, and the sequence of its first record', () => {
    const values = ['r1 0 41 0123456789', 'r1 0 42 0123456789', 'r1 0 43 0123456789'];
    const records = values.map((value) => ({ value: Buffer.from(value) }));
    const producer = { id: 4007, epoch: 3, firstSequence: 41 };
    expect(encodeRecordBatch(records, 1764000000000, producer).toString('hex')).toBe(SEQUENCED);
    const last = { ...producer, firstSequence: 2 ** 31 - 1 };
    expect(encodeRecordBatch([{ value: Buffer.alloc(0) }], 1764000000000, last).toString('hex')).toBe(
      EMPTY_AT_THE_LAST_SEQUENCE,
    );
  });

  /** Lengths and offsets of one byte, two and three; the checksums are those of kafkajs 2.2.4. */
  test.each([
    { count: 1, bytes: 63, length: 132, checksum: '279f6ad8' },
    { count: 1, bytes: 64, length: 134, checksum: '1344432e' },
    { count: 130, bytes: 200, length: 27_297, checksum: 'f7359c7f' },
    { count: 100, bytes: 1024, length: 103_397, checksum: '202f4989' },
    { count: 500, bytes: 1920, length: 964_997, checksum: '37c08305' },
  ])(
    '$count records of $bytes bytes are written as others write them',
    ({ count, bytes, length, checksum }) => {
      const records = Array.from({ length: count }, (_, index) => ({
        value: Buffer.alloc(bytes, index + 1),
      }));
      const producer = { id: 4007, epoch: 3, firstSequence: 2_147_480_000 };
      const batch = encodeRecordBatch(records, 1764000000000, producer);
      expect(batch).toHaveLength(length);
      expect(batch.subarray(17, 21).toString('hex')).toBe(checksum);
    },
  );

  test('values are read with their offsets, whatever keys, headers and producers there are', () => {
    expect(decode(TWO_RECORDS + KEYED_AT_7)).toEqual([
      {
        baseOffset: 0,
        leaderEpoch: -1,
        count: 2,
        intact: true,
        records: [
          { offset: 0, value: 'run-1 orders-0 0' },
          { offset: 1, value: 'run-1 orders-0 1' },
        ],
      },
      {
        baseOffset: 7,
        leaderEpoch: 3,
        count: 2,
        intact: true,
        records: [
          { offset: 7, value: 'value' },
          { offset: 8, value: null },
        ],
      },
    ]);
  });

  test('what the broker compressed with gzip is read', () => {
    expect(decode(GZIPPED_AT_41)).toMatchObject([
      { baseOffset: 41, count: 1, intact: true, records: [{ offset: 41, value: 'v' }] },
    ]);
  });

  test('what the broker compressed otherwise is known by its offset and count alone', () => {
    const zstd = Buffer.from(GZIPPED_AT_41, 'hex');
    zstd.writeInt16BE(4, 21);
    const [batch] = decodeRecordBatches(zstd);
    expect(batch).toMatchObject({ baseOffset: 41, count: 1, records: undefined });
  });

  test('a batch that the fetch cut off is left out', () => {
    for (let length = 0; length < KEYED_AT_7.length; length += 2) {
      expect(decode(TWO_RECORDS + KEYED_AT_7.slice(0, length))).toHaveLength(1);
    }
  });

  test('a changed byte behind the checksum is noticed', () => {
    const bytes = Buffer.from(TWO_RECORDS, 'hex');
    const at = bytes.indexOf('orders');
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    expect(decodeRecordBatches(bytes)[0]).toMatchObject({ intact: false });
  });

  test('a format from before Kafka 0.11 is refused by name', () => {
    const bytes = Buffer.from(TWO_RECORDS, 'hex');
    bytes.writeInt8(1, 16);
    expect(() => decodeRecordBatches(bytes)).toThrow('record batch of format 1, where 2 was expected');
  });

  test('what is written is read', () => {
    const record = fc.record({
      value: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      headers: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 200 }), (records) => {
        const [batch] = decodeRecordBatches(encodeRecordBatch(records, 1764000000000));
        expect(batch).toMatchObject({ baseOffset: 0, count: records.length, intact: true });
        expect(batch?.records).toEqual(records.map(({ value }, offset) => ({ offset, value })));
      }),
      { numRuns: 30 },
    );
  });

  function decode(hex: string): unknown[] {
    return decodeRecordBatches(Buffer.from(hex, 'hex')).map((batch) => ({
      ...batch,
      records: batch.records?.map(({ offset, value }) => ({ offset, value: value && value.toString() })),
    }));
  }
});
