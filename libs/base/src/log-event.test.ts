import { describe, expect, test } from '@jest/globals';
import { emptyLog, logEvent, nameOf, type StepEvent } from './index.ts';

const started: StepEvent = { kind: 'started', step: 'roll' };
const say = (detail: string): StepEvent => ({ kind: 'progress', step: 'roll', detail });

describe('logEvent', () => {
  describe('the log of an operation', () => {
    test('tells all that is no detail of a step', () => {
      const events: StepEvent[] = [
        started,
        { kind: 'warning', message: 'slow' },
        { kind: 'warning', message: 'slow' },
        { kind: 'finished', step: 'roll' },
        { kind: 'skipped', step: 'prove', reason: 'nothing changed' },
      ];
      expect(toldOf(events.map((event) => [0, event]))).toEqual(events);
    });

    test('tells what differs by its figures alone every two seconds, other words at once', () => {
      expect(
        toldOf([
          [0, say('not ready for 0.5 s')],
          [500, say('not ready for 1 s')],
          [1_999, say('not ready for 2.4 s')],
          [2_000, say('not ready for 2.5 s')],
          [2_001, say('kafka-1 stops')],
        ]),
      ).toEqual([say('not ready for 0.5 s'), say('not ready for 2.5 s'), say('kafka-1 stops')]);
    });

    test('tells the same words once in a step, and again in the next', () => {
      expect(
        toldOf([
          [0, say('waiting')],
          [60_000, say('waiting')],
          [61_000, started],
          [61_000, say('waiting')],
        ]),
      ).toEqual([say('waiting'), started, say('waiting')]);
    });
  });

  test('a step is named by its title and its place among all', () => {
    const steps = [
      { id: 'apply', title: 'Apply the objects' },
      { id: 'roll', title: 'Restart the brokers' },
    ];
    const { records } = logEvent(emptyLog, { kind: 'steps', steps }, 0);
    expect(nameOf(records, 'roll')).toEqual({ place: '[2/2]', title: 'Restart the brokers' });
  });

  function toldOf(events: readonly [atMs: number, event: StepEvent][]): StepEvent[] {
    let log = emptyLog;
    return events.flatMap(([atMs, event]) => {
      log = logEvent(log, event, atMs);
      return log.isNews ? [event] : [];
    });
  }
});
