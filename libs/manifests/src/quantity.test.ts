import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bytesQuantity, cpuQuantity, parseQuantity } from './quantity.ts';

describe('quantity', () => {
  test.each([
    [1024 ** 3, '1Gi'],
    [1.5 * 1024 ** 3, '1536Mi'],
    [50 * 1024 ** 3, '50Gi'],
    [1024 ** 4, '1Ti'],
    [5 * 1024, '5Ki'],
    [1_000_000, '1000000'],
    [0, '0'],
  ])('%d bytes are %s', (bytes, quantity) => {
    expect(bytesQuantity(bytes)).toBe(quantity);
  });

  test.each([
    [1000, '1'],
    [2500, '2500m'],
    [250, '250m'],
  ])('%d thousandths of a core are %s', (millis, quantity) => {
    expect(cpuQuantity(millis)).toBe(quantity);
  });

  test.each([
    ['0', 0],
    ['2', 2],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['-1', -1],
    ['3920m', 3.92],
    ['345678901n', 0.345678901],
    ['250u', 0.00025],
    ['16777216001', 16_777_216_001],
    ['16Gi', 2 ** 34],
    ['1.5Ki', 1536],
    ['1Ei', 2 ** 60],
    ['500M', 500e6],
    ['1k', 1000],
    ['2E', 2e18],
    ['12e6', 12e6],
    ['1E3', 1000],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  test.each(['', 'm', 'many', '1 core', '1GB', '1mi', '1.2.3', '.', '1e', '0x10', '1Kie3'])(
    '%p is none',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );

  test('what is written is read as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (value) => {
        expect(parseQuantity(bytesQuantity(value))).toBe(value);
        expect(parseQuantity(cpuQuantity(value))).toBe(value / 1000);
      }),
    );
  });
});
