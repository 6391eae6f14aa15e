import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dynamicChanges, poolSteps, type KeyInForce } from '../index.ts';

const key = 'message.max.bytes';

describe('dynamicChanges', () => {
  test('brokers that run with what the file says are told nothing', () => {
    expect(dynamicChanges({ [key]: '5' }, {}, brokers(set('5'), set('5', 'dynamic-cluster')))).toEqual([]);
  });

  test('min.insync.replicas is not written again where it is the same, which would forget the eligible leaders', () => {
    const inForce = { 'min.insync.replicas': { value: '3', source: 'dynamic-cluster' } };
    expect(
      dynamicChanges({ 'min.insync.replicas': '3' }, {}, new Map([0, 1].map((id) => [id, inForce]))),
    ).toEqual([]);
  });

  test('a key that differs on one broker is set for all', () => {
    expect(dynamicChanges({ [key]: '5' }, {}, brokers(set('5'), set('4')))).toEqual([
      { entity: 'all', key, from: '4', to: '5' },
    ]);
  });

  test("a broker's own value outranks the file, so it is taken back", () => {
    expect(dynamicChanges({ [key]: '5' }, {}, brokers(set('5'), set('9', 'dynamic-broker')))).toEqual([
      { entity: 'all', key, from: '9', to: '5' },
      { entity: 1, key, from: '9', to: null },
    ]);
  });

  test('a key that the file no longer has goes back to what is built in', () => {
    const inForce = { ...set('5'), builtIn: '1' };
    expect(dynamicChanges({}, { [key]: '5' }, brokers(inForce))).toEqual([
      { entity: 'all', key, from: '5', to: '1' },
    ]);
    expect(dynamicChanges({}, { [key]: '5' }, brokers({ ...inForce, value: '1' }))).toEqual([]);
  });

  test.each([
    ['log.cleaner.min.cleanable.ratio', '0.50', '0.5'],
    ['log.cleanup.policy', 'delete, compact', 'delete,compact'],
    ['message.max.bytes', '+72', '72'],
    ['log.message.downconversion.enable', 'TRUE', 'true'],
  ])('%s: %p and %p are the same to Kafka', (name, written, read) => {
    const inForce = new Map([[0, { [name]: set(read) }]]);
    expect(dynamicChanges({ [name]: written }, {}, inForce)).toEqual([]);
  });

  test('a pool grows and shrinks by at most a factor of two a step, and arrives', () => {
    expect(poolSteps(2, 9)).toEqual([4, 8, 9]);
    expect(poolSteps(8, 1)).toEqual([4, 2, 1]);
    const size = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(size, size, (from, to) => {
        const way = [from, ...poolSteps(from, to)];
        expect(way.at(-1)).toBe(to);
        way.slice(1).forEach((next, index) => {
          const size = way[index] ?? NaN;
          expect(next >= size / 2 && next <= size * 2).toBe(true);
        });
      }),
    );
  });

  function set(value: string, source = 'static'): KeyInForce {
    return { value, source };
  }

  function brokers(...keysInForce: KeyInForce[]) {
    return new Map(keysInForce.map((inForce, id) => [id, { [key]: inForce }]));
  }
});
