import { describe, expect, test } from '@jest/globals';
import { brokerKeys, canonicalValue, isSameValue, topicKeys, type TopicKey } from '../index.ts';

const settings = Object.entries({ ...topicKeys, ...brokerKeys });

/** Of each type, spellings of one value as Kafka parses them; the first is the one that it writes. */
function spellingsOf({ type, oneOf }: TopicKey): readonly (readonly string[])[] {
  switch (type) {
    case 'boolean':
      return [
        ['true', 'TRUE', 'True', ' true '],
        ['false', 'FALSE', 'fAlse '],
      ];
    case 'short':
    case 'int':
    case 'long':
      return [
        ['5', '+5', '005', ' 5'],
        ['-1', '-01', '-1 '],
        ['0', '-0', '+00'],
      ];
    case 'double':
      return [
        ['0.5', '0.50', '+0.5', '.5', '5e-1', '0.5d'],
        ['1.0', '1', '1.', '1e0', '01'],
        ['1.7976931348623157E308', '1.7976931348623157e308', '17976931348623157e292'],
      ];
    case 'list': {
      const [a, b] = oneOf ?? ['first', 'second'];
      return [[`${a},${b}`, `${a}, ${b}`, ` ${a} ,  ${b} `]];
    }
    case 'class':
    case 'password':
    case 'string':
      return [[oneOf?.[0] ?? 'A word', ` ${oneOf?.[0] ?? 'A word'} `]];
  }
}

describe('canonicalValue', () => {
  test.each(settings)('%s equals itself in every spelling that Kafka reads', (key, setting) => {
    for (const [written = '', ...others] of spellingsOf(setting))
      for (const other of others) {
        expect([key, other, isSameValue(key, written, other)]).toEqual([key, other, true]);
        expect(canonicalValue(key, other)).toBe(canonicalValue(key, written));
      }
  });

  test.each(settings)('%s tells its values apart', (key, setting) => {
    const values = spellingsOf(setting).map(([written = '']) => canonicalValue(key, written));
    expect(new Set(values).size).toBe(values.length);
  });

  test('numbers beyond what a double holds are told apart', () => {
    expect(isSameValue('retention.bytes', '9223372036854775807', '9223372036854775806')).toBe(false);
  });

  test('no value is another than an empty one', () => {
    expect(isSameValue('log.retention.ms', null, undefined)).toBe(true);
    expect(isSameValue('log.retention.ms', null, '')).toBe(false);
  });

  test('words stay apart by their case, as Kafka keeps it', () => {
    expect(isSameValue('compression.type', 'zstd', 'ZSTD')).toBe(false);
  });
});
