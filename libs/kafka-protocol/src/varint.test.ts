import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encode } from './codec.ts';
import { varint, varintBytes } from './varint.ts';

describe('varint', () => {
  // Written by kafkajs 2.2.4.
  test.each([
    [0, '00'],
    [-1, '01'],
    [1, '02'],
    [63, '7e'],
    [64, '8001'],
    [-64, '7f'],
    [-65, '8101'],
    [8191, 'fe7f'],
    [8192, '808001'],
    [-8193, '818001'],
    [1_048_575, 'feff7f'],
    [134_217_728, '8080808001'],
    [2_147_483_647, 'feffffff0f'],
    [-2_147_483_648, 'ffffffff0f'],
  ])('%i is written as others write it', (value, hex) => {
    expect(encode(varint, value).toString('hex')).toBe(hex);
  });

  test('a varint is read as it was written, also those of 64 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 51), max: 2 ** 51 }), (value) => {
        expect(varint.read({ buffer: encode(varint, value), offset: 0 })).toBe(value);
      }),
    );
  });

  test.each([null, Buffer.alloc(0), Buffer.from('a')])('bytes are read as they were written: %p', (value) => {
    expect(varintBytes.read({ buffer: encode(varintBytes, value), offset: 0 })).toEqual(value);
  });
});
