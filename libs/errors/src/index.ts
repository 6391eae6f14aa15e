export { abortedError } from './aborted-error.ts';
export { assertNever } from './assert-never.ts';
export { KafkaHaError, type ErrorCode, type KafkaHaErrorOptions } from './kafka-ha-error.ts';
export { isKafkaHaError, messageOf, toKafkaHaError } from './to-error.ts';
