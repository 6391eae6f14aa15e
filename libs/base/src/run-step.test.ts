import { describe, expect, test } from '@jest/globals';
import { runStep, type StepEvent } from './index.ts';

async function collect(events: AsyncIterable<StepEvent>): Promise<StepEvent[]> {
  const seen: StepEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('runStep', () => {
  test('a step tells its start, its progress and what it did', async () => {
    const events = await collect(
      runStep('wait', async function* () {
        yield '1 of 2 ready';
        return 'both ready';
      }),
    );
    expect(events).toEqual([
      { kind: 'started', step: 'wait' },
      { kind: 'progress', step: 'wait', detail: '1 of 2 ready' },
      { kind: 'finished', step: 'wait', summary: 'both ready' },
    ]);
  });

  test('a step that fails is never finished', async () => {
    const seen: StepEvent[] = [];
    const failing = async () => {
      for await (const event of runStep('wait', async function* () {
        yield 'nearly';
        throw new Error('broke');
      }))
        seen.push(event);
    };
    await expect(failing).rejects.toThrow('broke');
    expect(seen.map((event) => event.kind)).toEqual(['started', 'progress']);
  });
});
