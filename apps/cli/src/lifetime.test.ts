import { describe, expect, test } from '@jest/globals';
import { lifetime, lifetimeText } from './lifetime.ts';

describe('lifetime', () => {
  test.each(['never', '10m', '8h', '12h', '1d', '90d'])('%s is read and written alike', (text) => {
    const expires = lifetime.parse(text);
    expect(expires === undefined ? undefined : lifetimeText(expires)).toBe(text);
  });

  test.each(['', '9m', '0d', '1.5d', 'ever'])('%p is none', (text) => {
    expect(lifetime.parse(text)).toBeUndefined();
  });
});
