import { describe, expect, test } from '@jest/globals';
import { fieldChanges } from '../index.ts';

describe('fieldChanges', () => {
  test('two versions that are the same have no difference, whatever the order of their keys', () => {
    expect(fieldChanges({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toEqual([]);
  });

  test('a leaf that changed, came or went is told with its path', () => {
    expect(
      fieldChanges({ spec: { replicas: 3, old: 'x' } }, { spec: { replicas: 5, young: { deep: true } } }),
    ).toEqual([
      { path: 'spec.old', from: 'x' },
      { path: 'spec.replicas', from: '3', to: '5' },
      { path: 'spec.young', to: '{"deep":true}' },
    ]);
  });

  test('items of a list are told apart by their name, not by their place', () => {
    const before = { containers: [{ name: 'kafka', image: 'kafka:1' }] };
    const after = {
      containers: [
        { name: 'side', image: 's:1' },
        { name: 'kafka', image: 'kafka:2' },
      ],
    };
    expect(fieldChanges(before, after)).toEqual([
      { path: 'containers[kafka].image', from: 'kafka:1', to: 'kafka:2' },
      { path: 'containers[side]', to: '{"name":"side","image":"s:1"}' },
    ]);
  });

  test('a list of objects without names is compared whatever the order of their keys', () => {
    const sources = (item: object) => ({ sources: [{ downwardAPI: { items: [item] } }] });
    const path = { path: 'start.sh' };
    const ref = { ref: { apiVersion: 'v1', fieldPath: 'x' } };
    expect(fieldChanges(sources({ ...path, ...ref }), sources({ ...ref, ...path }))).toEqual([]);
  });

  test('an argument that changed is one change', () => {
    const before = { args: ['-Xms1m', '-Xmx384m', '-cp'] };
    expect(fieldChanges(before, { args: ['-Xms1m', '-Xmx512m', '-cp', '-ea'] })).toEqual([
      { path: 'args', from: '-Xmx384m', to: '-Xmx512m' },
      { path: 'args', to: '-ea' },
    ]);
  });

  test('a properties file in an annotation is compared key by key', () => {
    const annotation = (text: string) => ({ annotations: { 'kafka-ha/server.properties': text } });
    expect(fieldChanges(annotation('a=1\nb=2\n'), annotation('a=1\nb=3\nc=\n'))).toEqual([
      { path: 'annotations[kafka-ha/server.properties]: b', from: '2', to: '3' },
      { path: 'annotations[kafka-ha/server.properties]: c', to: '' },
    ]);
  });

  test('any other text is compared line by line', () => {
    expect(fieldChanges({ script: 'set -e\nrun one\n' }, { script: 'set -e\nrun two\n' })).toEqual([
      { path: 'script', from: 'run one', to: 'run two' },
    ]);
  });
});
