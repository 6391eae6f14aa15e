import { describe, expect, test } from '@jest/globals';
import { jsonOfRecord, recordOfJson, type ReadRecord } from './index.ts';

describe('json record', () => {
  test('a record is one line of JSON', () => {
    const line = jsonOfRecord(
      aRecord({ headers: { source: Buffer.from('web'), tag: [Buffer.from('a'), Buffer.from('b')] } }),
    );
    expect(line).toBe(
      '{"partition":3,"offset":17,"timestamp":"2026-11-29T15:00:00.000Z","key":"user-7","value":"line\\nbreak","headers":{"source":"web","tag":["a","b"]}}',
    );
  });

  test('what is read goes back in as it was, bytes that are no text and null included', () => {
    const notText = Buffer.from([0xff, 0x00]);
    const { key, value, headers } = recordOfJson(
      jsonOfRecord(aRecord({ key: null, value: notText, headers: { h: notText } })),
    );
    expect({ key, value, headers }).toEqual({ key: null, value: notText, headers: { h: notText } });
  });

  test('a value is enough', () => {
    expect(recordOfJson('{"value":"signed up"}')).toEqual({ key: null, value: 'signed up', headers: {} });
  });

  test.each([
    ['not JSON', /JSON/],
    ['["a"]', /an object with a "value"/],
    ['{"key":"user-7"}', /an object with a "value"/],
    ['{"value":{"user":7}}', /"value" takes a string, null or \{"base64": "…"\}/],
    ['{"value":"a","key":7}', /"key" takes a string/],
    ['{"value":"a","headers":["web"]}', /"headers" takes an object/],
    ['{"value":"a","headers":{"n":7}}', /header "n" takes a string/],
  ])('%s is refused, and it is said why', (line, why) => {
    expect(() => recordOfJson(line)).toThrow(
      expect.objectContaining({
        code: 'invalid-usage',
        message: `this line is no record: ${line}`,
        details: [expect.stringMatching(why)],
      }),
    );
  });

  function aRecord(parts: Partial<ReadRecord>): ReadRecord {
    const place = { partition: 3, offset: 17, timestamp: Date.UTC(2026, 10, 29, 15) };
    return { ...place, key: Buffer.from('user-7'), value: Buffer.from('line\nbreak'), headers: {}, ...parts };
  }
});
