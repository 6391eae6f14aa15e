import { describe, expect, test } from '@jest/globals';
import { crc32c } from './crc32c.ts';

describe('crc32c', () => {
  test('the checksum is CRC-32C', () => {
    // RFC 3720, appendix B.4, and the customary check value.
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  test('a checksum is that of kafkajs, for whatever length', () => {
    const ascending = Buffer.from(Array.from({ length: 1027 }, (_, index) => index & 0xff));
    const checksums = [0, 1, 3, 8, 17, 1024, 1027].map((length) => crc32c(ascending.subarray(0, length)));
    expect(checksums).toEqual([
      0, 1_383_945_041, 2_466_073_594, 2_318_187_579, 943_939_095, 752_840_335, 2_902_199_354,
    ]);
  });
});
