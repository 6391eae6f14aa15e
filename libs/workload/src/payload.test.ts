import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodePayload, encodePayload } from './payload.ts';

const id = { run: 'r1', partition: 7, seq: 12_345 };

describe('payload', () => {
  test('a record names itself and has the length that was asked for', () => {
    const payload = encodePayload(id, 200);
    expect(payload).toHaveLength(200);
    expect(decodePayload(payload)).toEqual(id);
  });

  test('a record is never too short to name itself', () => {
    expect(decodePayload(encodePayload(id, 1))).toEqual(id);
  });

  test('a change of any byte is found out', () => {
    fc.assert(
      fc.property(fc.nat(199), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const payload = encodePayload(id, 200);
        payload[at] = (payload[at] ?? 0) ^ flip;
        expect(decodePayload(payload)).toBeNull();
      }),
    );
  });

  test.each([null, Buffer.alloc(0), Buffer.from('a stranger’s record')])(
    '%p is no record of ours',
    (value) => {
      expect(decodePayload(value)).toBeNull();
    },
  );
});
