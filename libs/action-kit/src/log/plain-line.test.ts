import { describe, expect, test } from '@jest/globals';
import { plainLine } from './plain-line.ts';

describe('plainLine', () => {
  test.each([
    '::set-output name=result::done',
    '  ::add-mask::events',
    'a log\n::error::no',
    'a\r::error::no',
    '\u0085::error::no',
    '##[error]no',
  ])('the runner does not take %p for its command', (text) => {
    for (const line of plainLine(text).split(/[\r\n\u0085]/)) {
      expect(line).not.toMatch(/^\s*::/);
      expect(line).not.toContain('##[');
    }
  });

  test('what is no command stays as it is', () => {
    expect(plainLine('kafka::Log [events-0] # 1 of 3')).toBe('kafka::Log [events-0] # 1 of 3');
  });
});
