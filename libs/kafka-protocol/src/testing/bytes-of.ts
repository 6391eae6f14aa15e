import { expect, test } from '@jest/globals';
import { type Codec, encode } from '../codec.ts';

/** A test that a message is written and read as Kafka does it: `hex` comes from the message classes of kafka-clients 3.9.2. */
export function bytesOf<T>(sentence: string, codec: Codec<T>, value: T, hex: string): void {
  test(`${sentence} as Kafka writes it`, () => {
    expect(encode(codec, value).toString('hex')).toBe(hex);
    const cursor = { buffer: Buffer.from(hex, 'hex'), offset: 0 };
    expect(codec.read(cursor)).toEqual(value);
    expect(cursor.offset).toBe(cursor.buffer.length);
  });
}
