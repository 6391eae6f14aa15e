import { expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { planAction } from './plan-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

test('action.yml says what the code takes and gives', () => {
  expectContract(readActionYml('plan'), planAction);
});

test('without a kubeconfig it says where one may come from', async () => {
  const { exitCode, log, outputs } = await runBundle('plan', { inputs: { environment: 'local' } });
  expect({ exitCode, outputs }).toEqual({
    exitCode: 1,
    outputs: {
      ...{ result: 'failed', cluster: 'kafka/events', 'stopped-at': '', error: 'invalid-usage' },
      ...{ outcome: '', restarts: '' },
    },
  });
  expect(log).toContain('input kubeconfig got nothing, and KUBECONFIG is not set');
});
