import type { Step, StepEvent } from './step-event.ts';

/** A step of the operation and what became of it. */
export type StepRecord = {
  title: string;
  state: 'ahead' | 'running' | 'done' | 'skipped';
  /** What it did, why it was skipped, or the last that was heard of it. */
  detail?: string;
  startedAtMs?: number;
  tookMs?: number;
};

/** What has been told of each step so far, by id. Steps that were not announced come last. */
export type StepRecords = ReadonlyMap<string, StepRecord>;

/** The records with one more event; `nowMs` is a clock that never goes back. */
export function recordStep(records: StepRecords, event: StepEvent<unknown>, nowMs: number): StepRecords {
  switch (event.kind) {
    case 'steps':
      return new Map(event.steps.map(({ id, title }: Step) => [id, { title, state: 'ahead' }]));
    case 'started':
      return change(records, event.step, { state: 'running', startedAtMs: nowMs });
    case 'progress':
      return change(records, event.step, { detail: event.detail });
    case 'finished': {
      const startedAtMs = records.get(event.step)?.startedAtMs ?? nowMs;
      return change(records, event.step, {
        state: 'done',
        detail: event.summary ?? 'done',
        tookMs: nowMs - startedAtMs,
      });
    }
    case 'skipped':
      return change(records, event.step, { state: 'skipped', detail: event.reason });
    case 'warning':
      return records;
  }
}

/** The step that was started and did not end: where an operation stopped. */
export function stoppedAt(records: StepRecords): StepRecord | undefined {
  return [...records.values()].find(({ state }) => state === 'running');
}

function change(records: StepRecords, step: string, changes: Partial<StepRecord>): StepRecords {
  const before = records.get(step) ?? { title: step, state: 'ahead' };
  return new Map(records).set(step, { ...before, ...changes });
}
