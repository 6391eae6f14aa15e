import { runStep, type StepEvent } from '@kafka-ha/base';

/** `runStep` for work that gives more than its summary. */
export async function* runValuedStep<T>(
  step: string,
  work: () => AsyncGenerator<string, T>,
  summaryOf: (value: T) => string,
): AsyncGenerator<StepEvent, T> {
  const done: { value?: T } = {};
  yield* runStep(step, async function* () {
    done.value = yield* work();
    return summaryOf(done.value);
  });
  return done.value as T;
}
