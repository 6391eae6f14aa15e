import { describe, expect, test } from '@jest/globals';
import { compactArray, encode, int32, int64 } from './codec.ts';
import { tag, taggedStruct } from './tagged-struct.ts';

const codec = taggedStruct(
  { id: int32 },
  { epoch: tag(1, int64, -1), peers: tag<readonly number[]>(300, compactArray(int32), []) },
);

describe('taggedStruct', () => {
  test('a tag with its default is not sent, and read as that', () => {
    expect(encode(codec, { id: 7, epoch: -1, peers: [] }).toString('hex')).toBe('00000007' + '00');
    expect(read('0000000700')).toEqual({ id: 7, epoch: -1, peers: [] });
  });

  test('a tag is sent by number and length', () => {
    const value = { id: 7, epoch: 9, peers: [5] };
    const hex = '00000007' + '02' + '0108' + '0000000000000009' + 'ac02' + '05' + '02' + '00000005';
    expect(encode(codec, value).toString('hex')).toBe(hex);
    expect(read(hex)).toEqual(value);
  });

  test('tags of a newer broker are skipped, in whatever order', () => {
    expect(read('00000007' + '02' + '0002abcd' + '0108' + '0000000000000009')).toEqual({
      id: 7,
      epoch: 9,
      peers: [],
    });
  });

  test('a tag that is cut short is an error', () => {
    expect(() => read('00000007' + '01' + '0108' + '00')).toThrow(RangeError);
    expect(() => read('00000007' + '01' + '0104' + '00000000')).toThrow(RangeError);
  });

  function read(hex: string): unknown {
    const cursor = { buffer: Buffer.from(hex, 'hex'), offset: 0 };
    const value = codec.read(cursor);
    expect(cursor.offset).toBe(cursor.buffer.length);
    return value;
  }
});
