import { describe, expect, test } from '@jest/globals';
import { runStep } from '@kafka-ha/base';
import { showAsLines } from './show-as-lines.ts';

async function shown(details: readonly string[]): Promise<string[]> {
  let text = '';
  const stream = { write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
  await showAsLines(
    runStep('drill', async function* () {
      yield* details;
      return 'done';
    }),
    stream,
  );
  return text.split('\n').map((line) => line.trim());
}

describe('showAsLines', () => {
  test('a step that counts is told now and then, another message at once', async () => {
    expect(await shown(['1 of 9 ready', '2 of 9 ready', 'the fault is made', 'waiting', 'waiting'])).toEqual([
      '[1/1] drill',
      '1 of 9 ready',
      'the fault is made',
      'waiting',
      expect.stringMatching(/^✓ done/),
      '',
    ]);
  });
});
