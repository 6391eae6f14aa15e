import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitBlocks } from './fit-blocks.ts';

describe('fitBlocks', () => {
  test('what fits is left as it is', () => {
    expect(fitBlocks(['# Title', 'text'], 100)).toBe('# Title\n\ntext');
  });

  test('what does not fit is left out whole, and counted', () => {
    const blocks = ['# Title', 'ä'.repeat(60), 'c'.repeat(100), 'd'];
    expect(fitBlocks(blocks, 200)).toBe(
      `# Title\n\n${'ä'.repeat(60)}\n\n_2 parts left out because of their size. See the log._`,
    );
  });

  test('however long the blocks, the limit holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 300, unit: 'grapheme' })),
        fc.integer({ min: 100, max: 2000 }),
        (blocks, limit) => Buffer.byteLength(fitBlocks(blocks, limit)) <= limit,
      ),
    );
  });
});
