import { isKafkaHaError } from '@kafka-ha/base';

/** Runs an async generator to its end: all that it told, in order. A failure's details are put into its stack: Jest prints no more. */
export async function drain<T>(events: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  try {
    for await (const event of events) seen.push(event);
  } catch (error) {
    if (isKafkaHaError(error)) error.stack = [error.stack, ...error.details].join('\n    ');
    throw error;
  }
  return seen;
}
