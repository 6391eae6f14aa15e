import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isKafkaHaError, KafkaHaError, messageOf, runStep, type Step, type StepEvent } from '@kafka-ha/base';
import { narrate } from './narrate.ts';
import type { StepContext } from './run-command.ts';

/** Runs one step with a log of its own. What fails in it is named after the step, with its last lines of output. */
export async function* step(
  { id, title }: Step,
  { log, signal }: { log: string; signal: AbortSignal },
  work: (context: StepContext) => Promise<string | void>,
): AsyncGenerator<StepEvent, void> {
  await mkdir(dirname(log), { recursive: true, mode: 0o700 });
  await writeFile(log, '');
  yield* runStep(id, async function* () {
    try {
      return yield* narrate((say, either) => work({ say, log, signal: either }), signal);
    } catch (error) {
      throw await explain(title, log, error);
    }
  });
}

async function explain(title: string, log: string, error: unknown): Promise<KafkaHaError> {
  if (isKafkaHaError(error) && error.code !== 'local-cluster-failed' && error.code !== 'deadline-exceeded')
    return error;
  const told = isKafkaHaError(error) ? error.details : [];
  const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n');
  return new KafkaHaError('local-cluster-failed', `${title}: ${messageOf(error)}`, {
    cause: error,
    hint: `All of its output is in ${log}. When the cause is gone, run \`up\` again; it starts from the beginning.`,
    details: told.length > 0 ? told : lines.slice(-20),
  });
}
