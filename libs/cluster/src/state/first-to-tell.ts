import { KafkaHaError } from '@kafka-ha/base';

/**
 * What the first of some brokers tells; those after it are asked where it does not.
 *
 * @throws KafkaHaError `kafka-unreachable` where there is no broker to ask, and what the last one says.
 */
export async function firstToTell<T>(ids: readonly number[], ask: (id: number) => Promise<T>): Promise<T> {
  const [first, ...others] = ids;
  if (first === undefined) throw new KafkaHaError('kafka-unreachable', 'no registered broker answers');
  try {
    return await ask(first);
  } catch (error) {
    if (others.length === 0) throw error;
    return await firstToTell(others, ask);
  }
}
