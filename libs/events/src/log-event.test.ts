import { describe, expect, test } from '@jest/globals';
import { emptyLog, logEvent, type LogLine, type StepEvent } from './index.ts';

const announced: StepEvent = { kind: 'steps', steps: [{ id: 'roll', title: 'Restart the brokers' }] };
const say = (detail: string): StepEvent => ({ kind: 'progress', step: 'roll', detail });

describe('the log of an operation', () => {
  test('tells a step, what it says and how long it took', () => {
    expect(
      linesOf([
        [0, announced],
        [0, { kind: 'started', step: 'roll' }],
        [100, say('kafka-0 stops')],
        [3_000, { kind: 'finished', step: 'roll', summary: 'both' }],
      ]),
    ).toEqual([
      { kind: 'started', step: { place: '[1/1]', title: 'Restart the brokers' } },
      { kind: 'detail', text: 'kafka-0 stops' },
      { kind: 'finished', summary: 'both', tookMs: 3_000 },
    ]);
  });

  test('tells what differs by its figures alone every two seconds, other words at once', () => {
    expect(
      detailsOf([
        [0, say('not ready for 0.5 s')],
        [500, say('not ready for 1 s')],
        [1_999, say('not ready for 2.4 s')],
        [2_000, say('not ready for 2.5 s')],
        [2_001, say('kafka-1 stops')],
      ]),
    ).toEqual(['not ready for 0.5 s', 'not ready for 2.5 s', 'kafka-1 stops']);
  });

  test('tells the same words once in a step, and again in the next', () => {
    expect(
      detailsOf([
        [0, say('waiting')],
        [60_000, say('waiting')],
        [61_000, { kind: 'started', step: 'roll' }],
        [61_000, say('waiting')],
      ]),
    ).toEqual(['waiting', 'waiting']);
  });

  test('names a step that is skipped', () => {
    expect(
      linesOf([
        [0, announced],
        [0, { kind: 'skipped', step: 'roll', reason: 'nothing changed' }],
      ]),
    ).toEqual([
      {
        kind: 'skipped',
        step: { place: '[1/1]', title: 'Restart the brokers' },
        reason: 'nothing changed',
      },
    ]);
  });
});

type Timed = [atMs: number, event: StepEvent];

function linesOf(events: readonly Timed[]): LogLine[] {
  let log = emptyLog;
  return events.flatMap(([atMs, event]) => {
    const told = logEvent(log, event, atMs);
    log = told.log;
    return told.line === undefined ? [] : [told.line];
  });
}

function detailsOf(events: readonly Timed[]): string[] {
  return linesOf(events).flatMap((line) => (line.kind === 'detail' ? [line.text] : []));
}
