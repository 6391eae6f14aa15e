import type { StepEvent, Told } from './step-event.ts';

/**
 * Runs one step and tells of it: `started`, what the work itself tells, `finished` with what it did. Returns the work's value. An
 * error leaves the step unfinished, which is how a reader knows where an operation stopped.
 *
 * Use as `yield* runStep('apply', async function* () { … return '31 objects applied' })`, or with `describe` where the work
 * returns something else than its summary.
 */
export async function* runStep<Value = string | void, Data = never>(
  step: string,
  work: () => AsyncGenerator<Told<Data>, Value>,
  describe: (value: Value) => string | undefined = (value) => (typeof value === 'string' ? value : undefined),
): AsyncGenerator<StepEvent<Data>, Value> {
  yield { kind: 'started', step };
  const running = work();
  for (;;) {
    const { done, value } = await running.next();
    if (done) {
      const summary = describe(value);
      yield summary === undefined ? { kind: 'finished', step } : { kind: 'finished', step, summary };
      return value;
    }
    yield typeof value === 'string'
      ? { kind: 'progress', step, detail: value }
      : { kind: 'progress', step, ...value };
  }
}
