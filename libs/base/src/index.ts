export {
  abortedError,
  KafkaHaError,
  type KafkaHaErrorOptions,
  isKafkaHaError,
  messageOf,
  toKafkaHaError,
  throwIfAborted,
} from './kafka-ha-error.ts';
export { assertNever } from './assert-never.ts';
export { systemClock, type Clock } from './clock.ts';
export { count, grouped, durationText } from './text.ts';
export { groupBy } from './group-by.ts';
export { errorCatalogue, type ErrorCode, type ErrorMeaning } from './error-catalogue.ts';
export { emptyLog, logEvent, nameOf, type StepLog } from './log-event.ts';
export { runStep } from './run-step.ts';
export type { Step, StepEvent, Told } from './step-event.ts';
export { readUntil } from './read-until.ts';
export { recordStep, stoppedAt, type StepRecord, type StepRecords } from './step-record.ts';
export { waitFor, type WaitOptions } from './wait-for.ts';
export { waitTelling, type Look } from './wait-telling.ts';
