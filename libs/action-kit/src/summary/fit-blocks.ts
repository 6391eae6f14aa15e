/** Markdown that stands or falls as a whole: a heading with its text, a table, a folded list. */
export type Block = string;

/**
 * The blocks that fit, in order, one after the other. What is left out is counted, so that nobody takes a part for the
 * whole. Bytes are those of UTF-8, which is how GitHub counts.
 */
export function fitBlocks(blocks: readonly Block[], maxBytes: number): string {
  const whole = blocks.join('\n\n');
  if (bytesOf(whole) <= maxBytes) return whole;
  const kept: Block[] = [];
  let left = maxBytes - bytesOf(`\n\n${leftOut(blocks.length)}`);
  for (const block of blocks) {
    left -= bytesOf(`${block}\n\n`);
    if (left < 0) break;
    kept.push(block);
  }
  return [...kept, leftOut(blocks.length - kept.length)].join('\n\n');
}

function leftOut(count: number): string {
  return `_${count} ${count === 1 ? 'part' : 'parts'} left out because of their size. See the log._`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
