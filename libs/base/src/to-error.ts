import { KafkaHaError } from './kafka-ha-error.ts';

/** True for an error of this project, whichever copy of the class made it. */
export function isKafkaHaError(value: unknown): value is KafkaHaError {
  return value instanceof Error && value.name === 'KafkaHaError' && 'code' in value;
}

/** The message of anything thrown, without ever throwing itself. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}

/** An error as this project throws it: its own ones as they are, all others as a defect with their cause. */
export function toKafkaHaError(thrown: unknown): KafkaHaError {
  if (isKafkaHaError(thrown)) return thrown;
  return new KafkaHaError('internal', messageOf(thrown), {
    cause: thrown,
    hint: 'This is a defect of kafka-ha: please report it with the output of the same command and --verbose.',
  });
}
