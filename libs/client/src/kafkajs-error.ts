import { isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/base';

/** What kafkajs has thrown, as this project says it: `what` could not be done, e.g. `events cannot be read`. */
export function kafkajsError(what: string, thrown: unknown): KafkaHaError {
  if (isKafkaHaError(thrown)) return thrown;
  const { name, type, message } = rootOf(thrown);
  const options = { hint: 'Run kafka-ha health to see what is wrong.', cause: thrown };
  if (name === 'KafkaJSNotImplemented')
    return new KafkaHaError(
      'missing-prerequisite',
      `${what}: records are compressed with ${codecIn(message)}`,
      {
        hint: 'Run this with Node 22.15 or later, which knows zstd.',
        cause: thrown,
      },
    );
  if (type !== undefined) return new KafkaHaError('kafka-refused', `${what}: ${type} (${message})`, options);
  if (name?.startsWith('KafkaJS') === true)
    return new KafkaHaError('kafka-unreachable', `${what}: ${message}`, options);
  return new KafkaHaError('internal', `${what}: ${message}`, { cause: thrown });
}

type Told = { name?: string; type?: string; message: string };

/** kafkajs wraps what went wrong in that it gave up trying. */
function rootOf(thrown: unknown): Told {
  const { name, type, cause } = Object(thrown) as { name?: string; type?: string; cause?: unknown };
  return cause instanceof Error ? rootOf(cause) : { name, type, message: messageOf(thrown) };
}

function codecIn(message: string): string {
  return /^\w+/.exec(message)?.[0] ?? 'an unknown codec';
}
