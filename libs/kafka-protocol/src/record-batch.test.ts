import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { crc32c } from './crc32c.ts';
import { decodeRecordBatches, encodeRecordBatch } from './record-batch.ts';

/** Written by `MemoryRecords` of kafka-clients 3.9.2. */
const TWO_RECORDS =
  '00000000000000000000007dffffffff02e9ea31fd0000000000010000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000024a000000012072756e2d31206f72646572732d30203002106b61666b612d68610a70726f62654a000002012072756e2d31206f72646572732d30203102106b61666b612d68610a70726f6265';
const KEYED_AT_7 =
  '00000000000000070000004b0000000302c1a2c4570000000000010000019ab697e8000000019ab697eb090000000000000009000100000005000000021c000000066b65790a76616c7565001400920c02066b65790100';
const GZIPPED_AT_41 =
  '00000000000000290000004e00000003020c1ff9a60001000000000000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000011f8b08000000000000ff1360606060ca662a630000a37fcfa609000000';

test('records are written as Kafka writes them', () => {
  const records = [0, 1].map((index) => ({
    value: Buffer.from(`run-1 orders-0 ${index}`),
    headers: { 'kafka-ha': 'probe' },
  }));
  expect(encodeRecordBatch(records, 1764000000000).toString('hex')).toBe(TWO_RECORDS);
});

test('values are read with their offset, whatever keys, headers and producers there are', () => {
  expect(decode(TWO_RECORDS + KEYED_AT_7)).toEqual([
    { baseOffset: 0, count: 2, intact: true, values: ['run-1 orders-0 0', 'run-1 orders-0 1'] },
    { baseOffset: 7, count: 2, intact: true, values: ['value', ''] },
  ]);
});

test('what the broker compressed is known by its offset and count alone', () => {
  expect(decode(GZIPPED_AT_41)).toEqual([{ baseOffset: 41, count: 1, intact: true, values: undefined }]);
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
      expect(decodeRecordBatches(encodeRecordBatch(records, 1764000000000))).toEqual([
        { baseOffset: 0, count: records.length, intact: true, values: records.map(({ value }) => value) },
      ]);
    }),
    { numRuns: 30 },
  );
});

test('the checksum is CRC-32C', () => {
  // RFC 3720, appendix B.4, and the customary check value.
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

function decode(hex: string): unknown[] {
  return decodeRecordBatches(Buffer.from(hex, 'hex')).map((batch) => ({
    ...batch,
    values: batch.values?.map((value) => value.toString()),
  }));
}
