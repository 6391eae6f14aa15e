import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { editClusterFile, parseClusterFile } from '../index.ts';

const example = readFileSync(new URL('../../../../cluster.yaml', import.meta.url), 'utf8');

describe('editClusterFile', () => {
  test('a value is changed where it stands, and not a character beside it', () => {
    const edited = editClusterFile(example, [
      { path: ['brokers'], value: 7 },
      { path: ['storage', 'size'], value: '80Gi' },
    ]);
    expect(edited).toBe(example.replace('brokers: 5\n', 'brokers: 7\n').replace('size: 50Gi', 'size: 80Gi'));
  });

  test('an environment gets a value of its own, and the others keep theirs', () => {
    const edited = editClusterFile(example, [{ path: ['brokers'], value: 7 }], 'local');
    const brokersOf = (environment?: string) =>
      parseClusterFile(edited, { file: 'f', ...(environment && { environment }) }).spec.brokers;
    expect([brokersOf(), brokersOf('local'), brokersOf('staging')]).toEqual([5, 7, 5]);
    expect(edited.replace('    brokers: 7\n', '')).toBe(example);
  });

  test.each([
    ['name: events\n', 'brokers: 4\nname: events\n'],
    ['# mine\nname: events # here\n', '# mine\nbrokers: 4\nname: events # here\n'],
    ['{ name: events }', '{ brokers: 4, name: events }'],
  ])('%j gets a key that it had not', (text, expected) => {
    expect(editClusterFile(text, [{ path: ['brokers'], value: 4 }])).toBe(expected);
  });

  test.each([
    ['name: events\n', 'environments: { local: { storage: { size: 9Gi } } }\nname: events\n'],
    ['environments: { local: {} }\n', 'environments: { local: { storage: { size: 9Gi } } }\n'],
    [
      'environments:\n  local:\n    # small\n    brokers: 3\n',
      'environments:\n  local:\n    # small\n    storage: { size: 9Gi }\n    brokers: 3\n',
    ],
  ])('%j gets what is deeper than it went', (text, expected) => {
    expect(editClusterFile(text, [{ path: ['storage', 'size'], value: '9Gi' }], 'local')).toBe(expected);
  });

  test.each([
    ['an alias is written out', 'a: &s 9Gi\nstorage: { size: *s }\n', 'a: &s 9Gi\nstorage: { size: 8Gi }\n'],
    [
      'a byte order mark stays first',
      '\ufeff# ours\nname: a\n',
      '\ufeff# ours\nstorage: { size: 8Gi }\nname: a\n',
    ],
    ['line ends stay those of Windows', 'name: a\r\n', 'storage: { size: 8Gi }\r\nname: a\r\n'],
    ['an empty value is filled', 'storage:\nname: a\n', 'storage: { size: 8Gi }\nname: a\n'],
    ['so is null', 'storage: ~ # none\n', 'storage: { size: 8Gi } # none\n'],
    [
      'its comment stays',
      'storage:\n  size: | # much\n    9Gi\n  class: null\n',
      'storage:\n  size: 8Gi # much\n  class: null\n',
    ],
    [
      'a text of several lines goes',
      'storage:\n  size: |-\n    9Gi\n  class: null\n',
      'storage:\n  size: 8Gi\n  class: null\n',
    ],
  ])('%s', (_, text, expected) => {
    expect(editClusterFile(text, [{ path: ['storage', 'size'], value: '8Gi' }])).toBe(expected);
  });

  test.each([
    ['a: &s { size: 9Gi }\nstorage: *s\n', 'storage is *s'],
    ['storage: &s { size: 9Gi }\nb: *s\n', 'storage is &s'],
    ['storage: { size: &s 9Gi }\nb: *s\n', 'storage.size is &s'],
    ['storage: [9Gi]\n', 'how it is written'],
  ])('%j is refused, as others would change with it', (text, reason) => {
    expect(() => editClusterFile(text, [{ path: ['storage', 'size'], value: '8Gi' }])).toThrow(
      expect.objectContaining({ code: 'invalid-cluster-file', message: expect.stringContaining(reason) }),
    );
  });

  test('what is no YAML is not made worse', () => {
    expect(() => editClusterFile('name: [', [{ path: ['brokers'], value: 4 }])).toThrow(/not valid YAML/);
  });
});
