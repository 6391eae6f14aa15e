import { isKafkaHaError, readUntil } from '@kafka-ha/base';

/** A broker that was killed, or a machine that is out of breath, is back by then. */
const deadlineMs = 120_000;

type Outcome<T> = { kind: 'done'; value: T } | { kind: 'unreachable'; error: unknown };

/** Does something that may be done twice, again while a broker that it needs does not answer. */
export async function retryWhileUnreachable<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const outcome = await readUntil<Outcome<T>>(
    () => attempt().then((value) => ({ kind: 'done', value }), unreachable),
    ({ kind }) => kind === 'done' || signal.aborted,
    { deadlineMs, signal },
  );
  if (outcome.kind === 'unreachable') throw outcome.error;
  return outcome.value;
}

function unreachable(error: unknown): Outcome<never> {
  if (isKafkaHaError(error) && error.code === 'kafka-unreachable') return { kind: 'unreachable', error };
  throw error;
}
