import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromProperties, toProperties } from './properties.ts';

describe('properties', () => {
  test('keys are sorted, one per line', () => {
    expect(toProperties({ 'min.insync.replicas': '3', listeners: 'CLIENT://:9092' })).toBe(
      'listeners=CLIENT://:9092\nmin.insync.replicas=3\n',
    );
  });

  test('Java reads back whatever was written', () => {
    const entry = fc.dictionary(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }));
    fc.assert(fc.property(entry, (entries) => expect(readAsJava(toProperties(entries))).toEqual(entries)));
  });

  test('it reads back whatever it wrote', () => {
    const entry = fc.dictionary(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(entry, (entries) => expect(fromProperties(toProperties(entries))).toEqual(entries)),
    );
  });

  test('spaces around a value, and whatever separates a key from it, are kept', () => {
    const entries = { value: '  two  ', ' a:b=c': '=x' };
    expect(readAsJava(toProperties(entries))).toEqual(entries);
  });

  test('no value can add a line of its own', () => {
    expect(toProperties({ a: '1\nunclean.leader.election.enable=true' }).split('\n')).toHaveLength(2);
  });

  /** What `java.util.Properties.load` does, but for comments and continued lines, which must not come up. */
  function readAsJava(text: string): Record<string, string> {
    const lines = text.split('\n').filter((line) => line !== '');
    return Object.fromEntries(
      lines.map((line) => {
        const [, key = '', value = ''] =
          /^[ \t\f]*((?:[^\\=: \t\f]|\\.)*)[ \t\f]*[=:]?[ \t\f]*(.*)$/.exec(line) ?? [];
        return [unescape(key), unescape(value)];
      }),
    );
  }

  function unescape(text: string): string {
    return text.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, unit: string | undefined, character: string) =>
      unit === undefined ? character : String.fromCharCode(parseInt(unit, 16)),
    );
  }
});
