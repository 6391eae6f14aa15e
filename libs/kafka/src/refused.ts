import { KafkaHaError } from '@kafka-ha/base';
import { errorName } from '@kafka-ha/kafka-protocol';

/** Kafka's "no" to something, e.g. `topic orders was not created: INVALID_CONFIG (Unknown topic config name: x)`. */
export function refused(what: string, code: number, message: string | null = null): KafkaHaError {
  return new KafkaHaError(
    'kafka-refused',
    `${what}: ${errorName(code)}${message === null ? '' : ` (${message})`}`,
  );
}
