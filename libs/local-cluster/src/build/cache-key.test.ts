import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheKey, contentOf } from './cache-key.ts';

describe('cacheKey', () => {
  test('a key can be part of a file name', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => /^[0-9a-f]{12}$/.test(cacheKey(value))));
  });

  test('the order of keys does not count, that of elements does', () => {
    expect(cacheKey({ a: 1, b: { c: 2, d: 3 } })).toBe(cacheKey({ b: { d: 3, c: 2 }, a: 1 }));
    expect(cacheKey(['a', 'b'])).not.toBe(cacheKey(['b', 'a']));
  });

  test('inputs do not run into each other', () => {
    expect(cacheKey('ab', 'c')).not.toBe(cacheKey('a', 'bc'));
  });

  test('a directory counts by the names and contents of all that is in it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'content-'));
    mkdirSync(join(directory, 'sub'));
    writeFileSync(join(directory, 'sub', 'b.go'), 'package b');
    writeFileSync(join(directory, 'a.go'), 'package a');
    expect(contentOf(directory)).toEqual(['a.go', 'package a', 'sub', 'b.go', 'package b']);
  });
});
