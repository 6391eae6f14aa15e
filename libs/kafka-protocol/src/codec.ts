/**
 * Kafka's primitive types (https://kafka.apache.org/protocol#protocol_types) as pairs of writing and reading, to be
 * combined into messages. One description serves both directions, so a test's broker speaks with the client's codecs.
 */
export type Codec<T> = { write(value: T, out: Buffer[]): void; read(from: Cursor): T };
export type Cursor = { buffer: Buffer; offset: number };
export type ValueOf<C> = C extends Codec<infer T> ? T : never;

export function encode<T>(codec: Codec<T>, value: T): Buffer {
  const out: Buffer[] = [];
  codec.write(value, out);
  return Buffer.concat(out);
}

export function decode<T>(codec: Codec<T>, bytes: Buffer): T {
  return codec.read({ buffer: bytes, offset: 0 });
}

/** Throws a RangeError where the buffer is too short for what it says it holds. */
export function take(from: Cursor, length: number): Buffer {
  const start = skip(from, length);
  return from.buffer.subarray(start, start + length);
}

/** Returns where the bytes begin. Numbers are read in place: a view for each of a million costs more than all else. */
function skip(from: Cursor, length: number): number {
  const start = from.offset;
  if (length < 0 || start + length > from.buffer.length) {
    throw new RangeError(`${length} bytes wanted at ${start} of ${from.buffer.length}`);
  }
  from.offset = start + length;
  return start;
}

/** As `partition.metadata` and Kafka's tools write it: base64 for URLs. */
export const uuid: Codec<string> = {
  write: (value, out) => void out.push(Buffer.from(value, 'base64url')),
  read: (from) => take(from, 16).toString('base64url'),
};
export const noUuid = Buffer.alloc(16).toString('base64url');

function fixed<T>(
  length: number,
  put: (buffer: Buffer, value: T) => void,
  get: (buffer: Buffer, at: number) => T,
): Codec<T> {
  return {
    write(value, out) {
      const buffer = Buffer.alloc(length);
      put(buffer, value);
      out.push(buffer);
    },
    read: (from) => get(from.buffer, skip(from, length)),
  };
}

export const int8 = fixed<number>(
  1,
  (buffer, value) => buffer.writeInt8(value),
  (buffer, at) => buffer.readInt8(at),
);
export const int16 = fixed<number>(
  2,
  (buffer, value) => buffer.writeInt16BE(value),
  (buffer, at) => buffer.readInt16BE(at),
);
export const uint16 = fixed<number>(
  2,
  (buffer, value) => buffer.writeUInt16BE(value),
  (buffer, at) => buffer.readUInt16BE(at),
);
export const int32 = fixed<number>(
  4,
  (buffer, value) => buffer.writeInt32BE(value),
  (buffer, at) => buffer.readInt32BE(at),
);
export const uint32 = fixed<number>(
  4,
  (buffer, value) => buffer.writeUInt32BE(value),
  (buffer, at) => buffer.readUInt32BE(at),
);
export const bool = fixed<boolean>(
  1,
  (buffer, value) => buffer.writeInt8(value ? 1 : 0),
  (buffer, at) => buffer.readInt8(at) !== 0,
);

/** As a number: offsets and timestamps stay far below 2^53. */
export const int64 = fixed<number>(
  8,
  (buffer, value) => buffer.writeBigInt64BE(BigInt(value)),
  (buffer, at) => Number(buffer.readBigInt64BE(at)),
);

export const float64 = fixed<number>(
  8,
  (buffer, value) => buffer.writeDoubleBE(value),
  (buffer, at) => buffer.readDoubleBE(at),
);

/** Its length has 16 bits, one of them for the sign. */
const LONGEST_STRING_BYTES = 32_767;

export const nullableString: Codec<string | null> = {
  write(value, out) {
    if (value === null) return int16.write(-1, out);
    const bytes = Buffer.from(value);
    if (bytes.length > LONGEST_STRING_BYTES)
      throw new RangeError(`a string of ${bytes.length} bytes; ${LONGEST_STRING_BYTES} at the most`);
    int16.write(bytes.length, out);
    out.push(bytes);
  },
  read(from) {
    const length = int16.read(from);
    return length < 0 ? null : take(from, length).toString();
  },
};
export const string = never(nullableString);

/** Null is read as no bytes: for records both mean that there are none. */
export const bytes: Codec<Buffer> = {
  write(value, out) {
    int32.write(value.length, out);
    out.push(value);
  },
  read(from) {
    const length = int32.read(from);
    return length < 0 ? Buffer.alloc(0) : take(from, length);
  },
};

export const nullableBytes: Codec<Buffer | null> = {
  write(value, out) {
    int32.write(value === null ? -1 : value.length, out);
    if (value !== null) out.push(value);
  },
  read(from) {
    const length = int32.read(from);
    return length < 0 ? null : take(from, length);
  },
};

export function nullableArray<T>(item: Codec<T>): Codec<readonly T[] | null> {
  return {
    write(values, out) {
      int32.write(values === null ? -1 : values.length, out);
      for (const value of values ?? []) item.write(value, out);
    },
    read(from) {
      const length = int32.read(from);
      return length < 0 ? null : readItems(item, length, from);
    },
  };
}
export const array = <T>(item: Codec<T>) => never(nullableArray(item));

export function struct<Fields extends Record<string, Codec<unknown>>>(
  fields: Fields,
): Codec<{ [Name in keyof Fields]: ValueOf<Fields[Name]> }> {
  const entries = Object.entries(fields);
  return {
    write(value, out) {
      for (const [name, codec] of entries) codec.write(value[name], out);
    },
    read(from) {
      const value: Record<string, unknown> = {};
      for (const [name, codec] of entries) value[name] = codec.read(from);
      return value as { [Name in keyof Fields]: ValueOf<Fields[Name]> };
    },
  };
}

/** Lengths of the newer, "flexible" messages: seven bits a byte, and one more than the length so that 0 is null. */
export const uvarint: Codec<number> = {
  write(value, out) {
    const digits: number[] = [];
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits.push((rest % 0x80) | 0x80);
    out.push(Buffer.from([...digits, rest]));
  },
  read(from) {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const digit = from.buffer.readUInt8(skip(from, 1));
      value += (digit & 0x7f) * factor;
      if (digit < 0x80) return value;
    }
  },
};

export const compactNullableString: Codec<string | null> = {
  write(value, out) {
    if (value === null) return uvarint.write(0, out);
    const text = Buffer.from(value);
    uvarint.write(text.length + 1, out);
    out.push(text);
  },
  read(from) {
    const length = uvarint.read(from) - 1;
    return length < 0 ? null : take(from, length).toString();
  },
};
export const compactString = never(compactNullableString);

export const compactBytes: Codec<Buffer> = {
  write(value, out) {
    uvarint.write(value.length + 1, out);
    out.push(value);
  },
  read: (from) => take(from, uvarint.read(from) - 1),
};

export function compactNullableArray<T>(item: Codec<T>): Codec<readonly T[] | null> {
  return {
    write(values, out) {
      uvarint.write(values === null ? 0 : values.length + 1, out);
      for (const value of values ?? []) item.write(value, out);
    },
    read(from) {
      const length = uvarint.read(from) - 1;
      return length < 0 ? null : readItems(item, length, from);
    },
  };
}
export const compactArray = <T>(item: Codec<T>) => never(compactNullableArray(item));

/** The end of flexible structures and headers. None are sent; those that come are skipped. */
export const tags: Codec<undefined> = {
  write: (_value, out) => uvarint.write(0, out),
  read(from) {
    for (let left = uvarint.read(from); left > 0; left--) {
      uvarint.read(from);
      skip(from, uvarint.read(from));
    }
    return undefined;
  },
};

export function flexibleStruct<Fields extends Record<string, Codec<unknown>>>(
  fields: Fields,
): ReturnType<typeof struct<Fields>> {
  const plain = struct(fields);
  return {
    write(value, out) {
      plain.write(value, out);
      tags.write(undefined, out);
    },
    read(from) {
      const value = plain.read(from);
      tags.read(from);
      return value;
    },
  };
}

function never<T>(codec: Codec<T | null>): Codec<T> {
  return {
    write: (value, out) => codec.write(value, out),
    read(from) {
      const value = codec.read(from);
      if (value === null) throw new RangeError(`null at ${from.offset}, where the protocol allows none`);
      return value;
    },
  };
}

function readItems<T>(item: Codec<T>, length: number, from: Cursor): T[] {
  const items: T[] = [];
  for (let index = 0; index < length; index++) items.push(item.read(from));
  return items;
}
