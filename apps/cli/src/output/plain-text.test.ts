import { describe, expect, jest, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { plainText } from './plain-text.ts';
import { printError } from './print-error.ts';

describe('plainText', () => {
  test.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007', 'link'],
    ['over\rwritten', 'overwritten'],
    ['\u009b2Jcleared', 'cleared'],
    ['\u202eturned', 'turned'],
    ['a\tb\r\nc', 'a\tb\nc'],
  ])('%j is %j at a terminal', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test("a pod's log in an error sends the terminal nothing but text", () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const hostile = '\u001b]0;owned\u0007\u001b[2Jline\u0007';
      printError(new KafkaHaError('pod-failed', hostile, { details: [hostile], hint: hostile }), {
        json: false,
        verbose: true,
      });
      const written = write.mock.calls.map(([text]) => String(text)).join('');
      expect(written).toContain('  line\n');
      // Colours are the command's own.
      expect(written.replaceAll(/\p{Cc}\[\d+m/gu, '')).not.toMatch(/(?!\n)\p{Cc}/u);
    } finally {
      write.mockRestore();
    }
  });
});
