import { KafkaHaError } from '@kafka-ha/base';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { keyOf } from '@kafka-ha/planning';
import { readReplicas } from '@kafka-ha/cluster';

/**
 * A topic may have been made on leaving brokers since they were emptied.
 *
 * @throws KafkaHaError `conflict`
 */
export async function refuseHolders(kafka: KafkaConnection, leaving: readonly number[]): Promise<void> {
  const held = await heldBy(kafka, leaving);
  if (held.length > 0) throw givenMeanwhile(leaving, held);
}

/**
 * Until a broker is gone Kafka places topics on it. Its volume still has what was written to them, so it is to come back.
 *
 * @throws KafkaHaError `conflict` when it is back
 */
export async function* putBackHolders(
  kafka: KafkaConnection,
  gone: readonly number[],
  bringBack: () => AsyncGenerator<string, void>,
): AsyncGenerator<string, void> {
  const held = await heldBy(kafka, gone);
  if (held.length === 0) return;
  yield `bringing brokers ${gone.join(', ')} back, which were given ${held.join(', ')}`;
  yield* bringBack();
  throw givenMeanwhile(gone, held);
}

export function givenMeanwhile(brokers: readonly number[], held: readonly string[]): KafkaHaError {
  return new KafkaHaError('conflict', `brokers ${brokers.join(', ')} were given new partitions meanwhile`, {
    details: held,
    hint: 'Run the same command again to move these, too.',
  });
}

/** The partitions that are on one of these brokers, or on their way to it. */
export async function heldBy(kafka: KafkaConnection, ids: readonly number[]): Promise<string[]> {
  const { partitions, ongoing } = await readReplicas(kafka);
  const holds = ({ replicas }: { replicas: readonly number[] }) => replicas.some((id) => ids.includes(id));
  return [...new Set([...partitions, ...ongoing].filter(holds).map(keyOf))];
}
