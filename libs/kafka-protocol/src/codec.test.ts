import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  array,
  bool,
  bytes,
  type Codec,
  compactArray,
  compactNullableArray,
  compactNullableString,
  encode,
  flexibleStruct,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  nullableString,
  string,
  uint16,
  uint32,
  uvarint,
} from './codec.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('codec', () => {
  readsWhatItWrites('int8', int8, fc.integer({ min: -128, max: 127 }));
  readsWhatItWrites('int16', int16, fc.integer({ min: -32768, max: 32767 }));
  readsWhatItWrites('int32', int32, fc.integer());
  readsWhatItWrites('uint16', uint16, fc.nat(0xffff));
  readsWhatItWrites('uint32', uint32, fc.nat(0xffffffff));
  readsWhatItWrites('int64', int64, fc.maxSafeInteger());
  readsWhatItWrites('bool', bool, fc.boolean());
  readsWhatItWrites('nullableString', nullableString, fc.option(text));
  readsWhatItWrites(
    'bytes',
    bytes,
    fc.uint8Array().map((value) => Buffer.from(value)),
  );
  readsWhatItWrites('nullableArray', nullableArray(string), fc.option(fc.array(text)));
  readsWhatItWrites('uvarint', uvarint, fc.maxSafeNat());
  readsWhatItWrites('compactNullableString', compactNullableString, fc.option(text));
  readsWhatItWrites('compactNullableArray', compactNullableArray(int32), fc.option(fc.array(fc.integer())));

  test('a varint has seven bits a byte, the lowest first', () => {
    expect(encode(uvarint, 300).toString('hex')).toBe('ac02');
  });

  test('tags of a newer broker are skipped', () => {
    const codec = flexibleStruct({ id: int32 });
    // 2 tags: number 0 with one byte, number 300 with two.
    const buffer = Buffer.from('00000007' + '02' + '0001ff' + 'ac02' + '02' + 'abcd' + '09', 'hex');
    const cursor = { buffer, offset: 0 };
    expect(codec.read(cursor)).toEqual({ id: 7 });
    expect(cursor.offset).toBe(buffer.length - 1);
  });

  test('null where there must be none, and more than there is, are errors', () => {
    expect(() => read(string, 'ffff')).toThrow(RangeError);
    expect(() => read(array(int8), 'ffffffff')).toThrow(RangeError);
    expect(() => read(compactArray(int8), '00')).toThrow(RangeError);
    expect(() => read(string, '000561')).toThrow('5 bytes wanted at 2 of 3');
    expect(() => read(array(int32), '0000000200000001')).toThrow(RangeError);
  });

  function readsWhatItWrites<T>(name: string, codec: Codec<T>, values: fc.Arbitrary<T>): void {
    test(`${name} reads what it writes`, () => {
      fc.assert(
        fc.property(values, (value) =>
          expect(read(codec, encode(codec, value).toString('hex'))).toEqual(value),
        ),
      );
    });
  }

  function read<T>(codec: Codec<T>, hex: string): T {
    return codec.read({ buffer: Buffer.from(hex, 'hex'), offset: 0 });
  }
});
