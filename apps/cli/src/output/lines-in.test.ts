import { describe, expect, test } from '@jest/globals';
import { linesIn } from './lines-in.ts';

describe('linesIn', () => {
  test.each<[string, (string | Buffer)[], string[][]]>([
    ['lines come together as they have come', ['a\nb\n', 'c\n'], [['a', 'b'], ['c']]],
    ['the last line may lack its newline', ['a\nb'], [['a'], ['b']]],
    ['a line may come in parts', ['a', 'b', 'c\nd\n'], [['abc', 'd']]],
    ['an empty line is one', ['a\n\nb\n'], [['a', '', 'b']]],
    ['carriage returns are no part of a line', ['a\r\nb\r\n'], [['a', 'b']]],
    ['nothing is no line', [], []],
    ['a character may come in parts', [...Buffer.from('é\n')].map((byte) => Buffer.of(byte)), [['é']]],
  ])('%s', async (_, chunks, lines) => {
    const read: string[][] = [];
    for await (const some of linesIn(streamOf(chunks))) read.push(some);
    expect(read).toEqual(lines);
  });

  async function* streamOf(chunks: readonly (string | Buffer)[]) {
    yield* chunks;
  }
});
