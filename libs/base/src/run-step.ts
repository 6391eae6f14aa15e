import type { StepEvent } from './step-event.ts';

/**
 * Runs one step and tells of it: `started`, what the work itself tells, `finished` with what it returned as summary.
 * An error leaves the step unfinished, which is how a reader knows where an operation stopped.
 *
 * Use as `yield* runStep('apply', async function* () { … return '31 objects applied' })`.
 */
export async function* runStep(
  step: string,
  work: () => AsyncGenerator<string, string | void>,
): AsyncGenerator<StepEvent, void> {
  yield { kind: 'started', step };
  const running = work();
  for (;;) {
    const { done, value } = await running.next();
    if (done) {
      yield value === undefined ? { kind: 'finished', step } : { kind: 'finished', step, summary: value };
      return;
    }
    yield { kind: 'progress', step, detail: value };
  }
}
