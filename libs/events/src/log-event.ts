import type { StepEvent } from './step-event.ts';
import { recordStep, type StepRecords } from './step-record.ts';

/** What a log has told of an operation so far. */
export type StepLog = {
  records: StepRecords;
  /** The last detail of the step that runs, and when it was told. */
  said?: string | undefined;
  saidAtMs: number;
};

/** What a log tells of an event, for whoever prints it. */
export type LogLine =
  | { kind: 'started'; step: StepName }
  | { kind: 'detail'; text: string }
  | { kind: 'finished'; summary: string; tookMs: number }
  | { kind: 'skipped'; step: StepName; reason: string }
  | { kind: 'warning'; message: string; hint?: string | undefined };

/** `[3/9]` and "Wait for ZooKeeper". */
export type StepName = { place: string; title: string };

/** A log shows what a step says again and again, with other figures, only this often. */
const sameWordsEveryMs = 2_000;

export const emptyLog: StepLog = { records: new Map(), saidAtMs: 0 };

/**
 * The log with one more event, and the line to print if there is one: a step that counts or waits is told now and then,
 * any other message at once. `nowMs` is a clock that never goes back.
 */
export function logEvent(log: StepLog, event: StepEvent, nowMs: number): { log: StepLog; line?: LogLine } {
  const records = recordStep(log.records, event, nowMs);
  switch (event.kind) {
    case 'steps':
      return { log: { ...log, records } };
    case 'started':
      return {
        log: { records, saidAtMs: nowMs },
        line: { kind: 'started', step: nameOf(records, event.step) },
      };
    case 'progress': {
      const { detail } = event;
      if (isTold(log, detail, nowMs)) return { log: { ...log, records } };
      return { log: { records, said: detail, saidAtMs: nowMs }, line: { kind: 'detail', text: detail } };
    }
    case 'finished': {
      const { detail: summary = 'done', tookMs = 0 } = records.get(event.step) ?? {};
      return { log: { ...log, records }, line: { kind: 'finished', summary, tookMs } };
    }
    case 'skipped':
      return {
        log: { ...log, records },
        line: { kind: 'skipped', step: nameOf(records, event.step), reason: event.reason },
      };
    case 'warning':
      return { log: { ...log, records }, line: event };
  }
}

function isTold({ said, saidAtMs }: StepLog, detail: string, nowMs: number): boolean {
  if (said === undefined) return false;
  if (detail === said) return true;
  return withoutFigures(detail) === withoutFigures(said) && nowMs - saidAtMs < sameWordsEveryMs;
}

function withoutFigures(text: string): string {
  return text.replace(/[\d.]+/g, '');
}

function nameOf(records: StepRecords, step: string): StepName {
  const place = [...records.keys()].indexOf(step) + 1;
  return { place: `[${place}/${records.size}]`, title: records.get(step)?.title ?? step };
}
