import { describe, expect, test } from '@jest/globals';
import { bytesFor } from './bytes-for.ts';

const value = Buffer.from('\u001b[2Jhello');

describe('bytesFor', () => {
  test('a terminal gets no control sequence of a record', () => {
    expect(bytesFor({ isTTY: true }, value)).toBe('hello');
  });

  test('a pipe gets the bytes as they are, and nothing for null', () => {
    expect(bytesFor({}, value)).toBe(value);
    expect(bytesFor({}, null)).toBe('');
  });
});
