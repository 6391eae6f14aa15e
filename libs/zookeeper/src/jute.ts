/**
 * ZooKeeper's wire format: big-endian integers; strings, buffers and lists with a length of 32 bits before them, -1 for null
 * (`BinaryOutputArchive` in ZooKeeper).
 */
export function encodeInt(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function encodeLong(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

export function encodeBool(value: boolean): Buffer {
  return Buffer.of(value ? 1 : 0);
}

export function encodeBuffer(value: Buffer): Buffer {
  return Buffer.concat([encodeInt(value.length), value]);
}

export function encodeString(value: string): Buffer {
  return encodeBuffer(Buffer.from(value));
}

/** Where reading stands in a message. Reading past its end throws a RangeError. */
export type Cursor = { readonly bytes: Buffer; at: number };

export function readInt(cursor: Cursor): number {
  return take(cursor, 4).readInt32BE();
}

/** As a bigint: session ids and zxids use all 64 bits. */
export function readLong(cursor: Cursor): bigint {
  return take(cursor, 8).readBigInt64BE();
}

/** Milliseconds since 1970. */
export function readTime(cursor: Cursor): number {
  return Number(readLong(cursor));
}

/** Null is read as no bytes. */
export function readBuffer(cursor: Cursor): Buffer {
  return take(cursor, Math.max(0, readInt(cursor)));
}

export function readString(cursor: Cursor): string {
  return readBuffer(cursor).toString();
}

export function readList<T>(cursor: Cursor, readItem: (cursor: Cursor) => T): T[] {
  return Array.from({ length: Math.max(0, readInt(cursor)) }, () => readItem(cursor));
}

function take(cursor: Cursor, length: number): Buffer {
  const end = cursor.at + length;
  if (end > cursor.bytes.length) {
    throw new RangeError(`${length} bytes wanted at ${cursor.at} of ${cursor.bytes.length}`);
  }
  const taken = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return taken;
}
