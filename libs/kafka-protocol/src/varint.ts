import { type Codec, take, uvarint } from './codec.ts';

/** Signed, as zigzag: 0, -1, 1, -2 are 0, 1, 2, 3. Within records alone. */
export const varint: Codec<number> = {
  write: (value, out) => uvarint.write(value < 0 ? -2 * value - 1 : 2 * value, out),
  read(from) {
    const zigzag = uvarint.read(from);
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  },
};

export const varintBytes: Codec<Buffer | null> = {
  write(value, out) {
    varint.write(value === null ? -1 : value.length, out);
    if (value !== null) out.push(value);
  },
  read(from) {
    const length = varint.read(from);
    return length < 0 ? null : take(from, length);
  },
};
