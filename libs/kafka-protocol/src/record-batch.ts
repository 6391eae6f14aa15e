import { gunzipSync } from 'node:zlib';
import { type Cursor, int16, int32, int64, int8, take, uint32 } from './codec.ts';
import { crc32c } from './crc32c.ts';
import { varint, varintBytes } from './varint.ts';

export type NewRecord = { value: Buffer; headers?: Readonly<Record<string, string>> };

/** By which a broker tells a batch that comes a second time from a new one. Sequences count the records of a partition. */
export type BatchProducer = { id: number; epoch: number; firstSequence: number };

/** One batch as it lies in the log: magic 2, https://kafka.apache.org/documentation/#recordbatch. */
export type RecordBatch = {
  baseOffset: number;
  /** Of the leader that took it. */
  leaderEpoch: number;
  count: number;
  /** The checksum is the one of these bytes. */
  intact: boolean;
  /** Undefined where the topic's own `compression.type` had the broker compress it by anything but gzip. */
  records: readonly BatchRecord[] | undefined;
};

export type BatchRecord = { offset: number; value: Buffer | null };

/** Uncompressed and without keys. Without a producer the broker takes it as not idempotent. */
export function encodeRecordBatch(
  records: readonly NewRecord[],
  timestampMs: number,
  producer: BatchProducer = NO_PRODUCER,
): Buffer {
  const body: Buffer[] = [];
  int16.write(0, body); // attributes
  int32.write(records.length - 1, body); // last offset delta
  int64.write(timestampMs, body);
  int64.write(timestampMs, body);
  int64.write(producer.id, body);
  int16.write(producer.epoch, body);
  int32.write(producer.firstSequence, body);
  int32.write(records.length, body);
  records.forEach((record, offsetDelta) => writeRecord(record, offsetDelta, body));
  const checked = Buffer.concat(body);

  const out: Buffer[] = [];
  int64.write(0, out); // base offset: the broker sets it
  int32.write(HEAD_AFTER_LENGTH + checked.length, out);
  int32.write(-1, out); // leader epoch: the broker sets it
  int8.write(MAGIC, out);
  uint32.write(crc32c(checked), out);
  return Buffer.concat([...out, checked]);
}

/** The whole batches at the start of `bytes`; what a fetch cut off at the end is left out. */
export function decodeRecordBatches(bytes: Buffer): RecordBatch[] {
  const batches: RecordBatch[] = [];
  const cursor = { buffer: bytes, offset: 0 };
  while (bytes.length - cursor.offset >= 12) {
    const baseOffset = int64.read(cursor);
    const length = int32.read(cursor);
    if (bytes.length - cursor.offset < length) break;
    batches.push(decodeBatch(baseOffset, { buffer: take(cursor, length), offset: 0 }));
  }
  return batches;
}

const NO_PRODUCER: BatchProducer = { id: -1, epoch: -1, firstSequence: -1 };
const MAGIC = 2;
/** Leader epoch, magic and checksum: what the length covers before the checksum does. */
const HEAD_AFTER_LENGTH = 4 + 1 + 4;
const COMPRESSION_BITS = 0x07;
const UNCOMPRESSED = 0;
const GZIP = 1;

function decodeBatch(baseOffset: number, from: Cursor): RecordBatch {
  const leaderEpoch = int32.read(from);
  const magic = int8.read(from);
  if (magic !== MAGIC) throw new RangeError(`record batch of format ${magic}, where ${MAGIC} was expected`);
  const intact = uint32.read(from) === crc32c(from.buffer.subarray(from.offset));
  const compression = int16.read(from) & COMPRESSION_BITS;
  take(from, 4 + 8 + 8 + 8 + 2 + 4); // last offset delta, two timestamps, producer id, epoch and sequence
  const count = int32.read(from);
  const body = uncompressed(compression, from);
  const records = body && Array.from({ length: count }, () => readRecord(baseOffset, body));
  return { baseOffset, leaderEpoch, count, intact, records };
}

function uncompressed(compression: number, from: Cursor): Cursor | undefined {
  if (compression === UNCOMPRESSED) return from;
  if (compression !== GZIP) return undefined;
  return { buffer: gunzipSync(from.buffer.subarray(from.offset)), offset: 0 };
}

function writeRecord({ value, headers = {} }: NewRecord, offsetDelta: number, out: Buffer[]): void {
  const body: Buffer[] = [];
  int8.write(0, body); // attributes
  varint.write(0, body); // timestamp delta
  varint.write(offsetDelta, body);
  varintBytes.write(null, body); // no key
  varintBytes.write(value, body);
  varint.write(Object.keys(headers).length, body);
  for (const [name, text] of Object.entries(headers)) {
    varintBytes.write(Buffer.from(name), body);
    varintBytes.write(Buffer.from(text), body);
  }
  varint.write(
    body.reduce((sum, { length }) => sum + length, 0),
    out,
  );
  out.push(...body);
}

function readRecord(baseOffset: number, from: Cursor): BatchRecord {
  const record = { buffer: take(from, varint.read(from)), offset: 0 };
  int8.read(record); // attributes
  varint.read(record); // timestamp delta
  const offset = baseOffset + varint.read(record);
  varintBytes.read(record); // key
  return { offset, value: varintBytes.read(record) };
}
