export { abortedError } from './aborted-error.ts';
export { assertNever } from './assert-never.ts';
export { count, grouped } from './count.ts';
export { durationText } from './duration-text.ts';
export { KafkaHaError, type ErrorCode, type KafkaHaErrorOptions } from './kafka-ha-error.ts';
export { isKafkaHaError, messageOf, toKafkaHaError } from './to-error.ts';
