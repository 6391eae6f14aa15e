import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { failoverTestAction } from './failover-test-action.ts';
import { faultList } from './fault-list.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('failoverTestAction', () => {
  test('action.yml says what the code takes and gives', () => {
    expectContract(readActionYml('failover-test'), failoverTestAction);
  });

  test('faults are named apart by commas or lines', () => {
    expect(faultList.parse('kill-broker, kill-two-brokers\nstop-broker')).toEqual([
      'kill-broker',
      'kill-two-brokers',
      'stop-broker',
    ]);
  });

  test('a fault that there is none of is named, with those that there are', async () => {
    const { log, outputs } = await runBundle('failover-test', { inputs: { faults: 'kill-broker, burn' } });
    expect(log).toMatch(
      /input faults got "kill-broker, burn", takes names of faults, .* burn is not a fault: stop-b/,
    );
    expect(outputs).toMatchObject({ result: 'failed', error: 'invalid-usage', verdict: 'no-verdict' });
  });
});
