import { describe, expect, test } from '@jest/globals';
import type { StepEvent } from './step-event.ts';
import { recordStep, stoppedAt, type StepRecords } from './step-record.ts';

const announced: StepEvent = {
  kind: 'steps',
  steps: [
    { id: 'apply', title: 'Apply the objects' },
    { id: 'wait', title: 'Wait for the brokers' },
    { id: 'prove', title: 'Prove it' },
  ],
};

describe('step record', () => {
  test('each step is kept with what it did and how long it took', () => {
    const records = recorded([
      announced,
      { kind: 'started', step: 'apply' },
      { kind: 'finished', step: 'apply', summary: '31 objects' },
      { kind: 'skipped', step: 'wait', reason: 'nothing changed' },
    ]);
    expect([...records.values()]).toMatchObject([
      { state: 'done', detail: '31 objects', tookMs: 1000 },
      { state: 'skipped', detail: 'nothing changed' },
      { state: 'ahead' },
    ]);
    expect(stoppedAt(records)).toBeUndefined();
  });

  test('the step that did not end is where an operation stopped, with the last that was heard', () => {
    const records = recorded([
      announced,
      { kind: 'started', step: 'apply' },
      { kind: 'finished', step: 'apply' },
      { kind: 'started', step: 'wait' },
      { kind: 'progress', step: 'wait', detail: '3 of 5 ready' },
    ]);
    expect(stoppedAt(records)).toMatchObject({ title: 'Wait for the brokers', detail: '3 of 5 ready' });
  });

  /** One second goes by between events. */
  function recorded(events: readonly StepEvent[]): StepRecords {
    return events.reduce<StepRecords>(
      (records, event, index) => recordStep(records, event, 1000 * index),
      new Map(),
    );
  }
});
