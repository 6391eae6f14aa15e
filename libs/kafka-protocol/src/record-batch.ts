import {
  type Codec,
  type Cursor,
  encode,
  int16,
  int32,
  int64,
  int8,
  take,
  uint32,
  uvarint,
} from './codec.ts';
import { crc32c } from './crc32c.ts';

export type NewRecord = { value: Buffer; headers: Readonly<Record<string, string>> };

/** One batch as it lies in the log: magic 2, https://kafka.apache.org/documentation/#recordbatch. */
export type RecordBatch = {
  baseOffset: number;
  count: number;
  /** The checksum is the one of these bytes. */
  intact: boolean;
  /** Undefined where the topic's own `compression.type` had the broker compress it. */
  values: readonly Buffer[] | undefined;
};

/** Uncompressed, without keys, and without a producer id, so that the broker takes it as not idempotent. */
export function encodeRecordBatch(records: readonly NewRecord[], timestampMs: number): Buffer {
  const body: Buffer[] = [];
  int16.write(0, body); // attributes
  int32.write(records.length - 1, body); // last offset delta
  int64.write(timestampMs, body);
  int64.write(timestampMs, body);
  int64.write(-1, body); // producer id
  int16.write(-1, body); // producer epoch
  int32.write(-1, body); // first sequence
  int32.write(records.length, body);
  records.forEach((record, offsetDelta) => body.push(encodeRecord(record, offsetDelta)));
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

const MAGIC = 2;
/** Leader epoch, magic and checksum: what the length covers before the checksum does. */
const HEAD_AFTER_LENGTH = 4 + 1 + 4;
const COMPRESSION_BITS = 0x07;

function decodeBatch(baseOffset: number, from: Cursor): RecordBatch {
  int32.read(from); // leader epoch
  const magic = int8.read(from);
  if (magic !== MAGIC) throw new RangeError(`record batch of format ${magic}, where ${MAGIC} was expected`);
  const intact = uint32.read(from) === crc32c(from.buffer.subarray(from.offset));
  const attributes = int16.read(from);
  take(from, 4 + 8 + 8 + 8 + 2 + 4); // last offset delta, two timestamps, producer id, epoch and sequence
  const count = int32.read(from);
  if ((attributes & COMPRESSION_BITS) !== 0) return { baseOffset, count, intact, values: undefined };
  return { baseOffset, count, intact, values: Array.from({ length: count }, () => decodeValue(from)) };
}

function encodeRecord({ value, headers }: NewRecord, offsetDelta: number): Buffer {
  const body: Buffer[] = [];
  int8.write(0, body); // attributes
  varint.write(0, body); // timestamp delta
  varint.write(offsetDelta, body);
  varint.write(-1, body); // no key
  writeBytes(value, body);
  varint.write(Object.keys(headers).length, body);
  for (const [name, text] of Object.entries(headers)) {
    writeBytes(Buffer.from(name), body);
    writeBytes(Buffer.from(text), body);
  }
  const record = Buffer.concat(body);
  return Buffer.concat([encode(varint, record.length), record]);
}

function decodeValue(from: Cursor): Buffer {
  const record = { buffer: take(from, varint.read(from)), offset: 0 };
  int8.read(record); // attributes
  varint.read(record); // timestamp delta
  varint.read(record); // offset delta
  readBytes(record); // key
  return readBytes(record);
}

/** Signed, as zigzag: 0, -1, 1, -2 are 0, 1, 2, 3. */
const varint: Codec<number> = {
  write: (value, out) => uvarint.write(value < 0 ? -2 * value - 1 : 2 * value, out),
  read(from) {
    const zigzag = uvarint.read(from);
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  },
};

function writeBytes(bytes: Buffer, out: Buffer[]): void {
  varint.write(bytes.length, out);
  out.push(bytes);
}

/** No bytes where there is null. */
function readBytes(from: Cursor): Buffer {
  return take(from, Math.max(0, varint.read(from)));
}
