import { KafkaHaError } from '@kafka-ha/base';

/** For who stopped something that was on its way: what became of it, nobody has said. */
export function maybeDone(error: KafkaHaError, what: string): KafkaHaError {
  return new KafkaHaError(error.code, error.message, {
    hint: error.hint,
    details: [...error.details, `The request to ${what} was sent, so it may have been carried out.`],
    cause: error,
  });
}
