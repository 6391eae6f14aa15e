import { count, KafkaHaError, waitTelling, type Look } from '@kafka-ha/base';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { readReplicas, retryWhileUnreachable } from '@kafka-ha/cluster';
import { keyOf, type Replicas } from '@kafka-ha/planning';

/** Five minutes: a broker that was killed comes back and catches up in that time, or needs somebody. */
const deadlineMs = 300_000;
const pollMs = 1_000;

/**
 * Waits until every partition has a leader and all its replicas in sync: only then may one be moved. What is being added
 * by a move that is under way does not count.
 *
 * @throws KafkaHaError `unhealthy` at the deadline, with the partitions.
 */
export async function* awaitWhole(
  kafka: KafkaConnection,
  signal: AbortSignal,
): AsyncGenerator<string, Replicas> {
  const look = async (): Promise<Look<Replicas>> => {
    const replicas = await retryWhileUnreachable(() => readReplicas(kafka), signal);
    const behind = replicas.partitions.filter(({ leader, missing }) => leader === null || missing.length > 0);
    if (behind.length === 0) return { found: replicas };
    const missing = `waiting for ${count(behind.length, 'partition')} to be in sync`;
    return { missing, late: () => notInSync(behind) };
  };
  return yield* waitTelling(look, { deadlineMs, intervalMs: pollMs, signal });
}

function notInSync(behind: Replicas['partitions']): KafkaHaError {
  return new KafkaHaError('unhealthy', `not every replica was in sync within ${deadlineMs / 1000} s`, {
    details: behind.map(({ leader, missing, ...each }) =>
      leader === null ? `${keyOf(each)} has no leader` : `${keyOf(each)} lacks broker ${missing.join(', ')}`,
    ),
    hint: 'Run kafka-ha health to see which broker is away or behind. Nothing is moved before all replicas are in sync.',
  });
}
