import type { StepEvent } from './step-event.ts';
import { recordStep, type StepRecords } from './step-record.ts';

/** What is known of an operation after an event, for whoever prints its log. */
export type StepLog = {
  records: StepRecords;
  /** Whether the event is to be printed: a step that counts or waits is told now and then, all else at once. */
  isNews: boolean;
  /** The last detail of the step that was printed, and when. */
  said?: string | undefined;
  saidAtMs: number;
};

/** A log shows what a step says again and again, with other figures, only this often. */
const sameWordsEveryMs = 2_000;

export const emptyLog: StepLog = { records: new Map(), isNews: false, saidAtMs: 0 };

/** The log with one more event; `nowMs` is a clock that never goes back. */
export function logEvent(log: StepLog, event: StepEvent<unknown>, nowMs: number): StepLog {
  const records = recordStep(log.records, event, nowMs);
  if (event.kind === 'started') return { records, isNews: true, saidAtMs: nowMs };
  if (event.kind !== 'progress') return { ...log, records, isNews: true };
  if (isTold(log, event.detail, nowMs)) return { ...log, records, isNews: false };
  return { records, isNews: true, said: event.detail, saidAtMs: nowMs };
}

/** `[3/9]` and "Apply the objects". */
export function nameOf(records: StepRecords, step: string): { place: string; title: string } {
  const place = [...records.keys()].indexOf(step) + 1;
  return { place: `[${place}/${records.size}]`, title: records.get(step)?.title ?? step };
}

function isTold({ said, saidAtMs }: StepLog, detail: string, nowMs: number): boolean {
  if (said === undefined || detail === said) return detail === said;
  return withoutFigures(detail) === withoutFigures(said) && nowMs - saidAtMs < sameWordsEveryMs;
}

function withoutFigures(text: string): string {
  return text.replace(/[\d.]+/g, '');
}
