import { endGroup, startGroup } from '@actions/core';
import { type StepEvent, toKafkaHaError } from '@kafka-ha/base';
import { openAnnotations } from './annotations.ts';
import { onCancellation } from './cancellation.ts';
import { say } from './log/say.ts';
import { explain } from './log/explain.ts';
import { showSteps } from './log/show-steps.ts';

export type PostRun = {
  signal: AbortSignal;
  /** Runs an operation while showing its steps. */
  show: <T>(operation: AsyncGenerator<StepEvent<unknown>, T>) => Promise<T>;
  /** Prints each line, under a heading by which GitHub folds them. */
  list: (heading: string, lines: readonly string[]) => void;
};

/**
 * Runs what an action does when the job has ended, as a process of its own. A failure is told in the log and as an
 * annotation; the run's result stands by then.
 */
export async function runPost(work: (run: PostRun) => Promise<void>): Promise<never> {
  const annotations = openAnnotations();
  const { signal } = onCancellation(process);
  try {
    await work({
      signal,
      show: (operation) => showSteps(operation, { annotations, onRecords: () => undefined }),
      list(heading, lines) {
        startGroup(heading);
        for (const line of lines) say(line);
        endGroup();
      },
    });
  } catch (thrown) {
    const error = toKafkaHaError(thrown);
    explain(error);
    annotations.failure(error.message);
    process.exit(1);
  }
  process.exit(0);
}
