import { afterEach, describe, expect, jest, test } from '@jest/globals';
import process from 'node:process';
import type { StepEvent } from '@kafka-ha/base';
import { openAnnotations } from '../annotations.ts';
import { showSteps } from './show-steps.ts';

describe('showSteps', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('all that a step does is in the log, what differs by its figures alone every two seconds', async () => {
    let now = 0;
    async function* operation(): AsyncGenerator<StepEvent, void> {
      const say = (detail: string): StepEvent => ({ kind: 'progress', step: 'roll', detail });
      yield { kind: 'steps', steps: [{ id: 'roll', title: 'Restart the brokers' }] };
      yield { kind: 'started', step: 'roll' };
      for (const broker of [0, 1]) {
        yield say(`kafka-${broker} stops`);
        for (let second = 1; second <= 4; second++) {
          now += 1_000;
          yield say(`not ready for ${second} s`);
        }
      }
      yield { kind: 'finished', step: 'roll', summary: 'both' };
    }
    expect(await logOf(operation(), () => now)).toEqual([
      '::group::[1/1] Restart the brokers',
      'kafka-0 stops',
      'not ready for 1 s',
      'not ready for 3 s',
      'kafka-1 stops',
      'not ready for 1 s',
      'not ready for 3 s',
      '::endgroup::',
      '✓ both (8.0 s)',
    ]);
  });

  async function logOf(operation: AsyncGenerator<StepEvent, void>, now: () => number): Promise<string[]> {
    let log = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      log += String(text);
      return true;
    });
    await showSteps(operation, { annotations: openAnnotations(), onRecords: () => undefined, now });
    return log.trimEnd().split('\n');
  }
});
