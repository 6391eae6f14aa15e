export { emptyLog, logEvent, nameOf, type StepLog } from './log-event.ts';
export { runStep } from './run-step.ts';
export type { Step, StepEvent } from './step-event.ts';
export { recordStep, stoppedAt, type StepRecord, type StepRecords } from './step-record.ts';
