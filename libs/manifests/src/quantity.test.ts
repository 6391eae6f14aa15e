import { describe, expect, test } from '@jest/globals';
import { bytesQuantity, cpuQuantity } from './quantity.ts';

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
});
