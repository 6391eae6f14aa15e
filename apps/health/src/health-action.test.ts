import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { healthAction } from './health-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('healthAction', () => {
  test('action.yml says what the code takes and gives', () => {
    expectContract(readActionYml('health'), healthAction);
  });

  test('outputs are there also where nothing could be read', async () => {
    const { exitCode, outputs } = await runBundle('health', { inputs: { 'cluster-file': 'none.yaml' } });
    expect({ exitCode, outputs }).toEqual({
      exitCode: 1,
      outputs: {
        result: 'failed',
        cluster: '',
        'stopped-at': '',
        error: 'not-found',
        status: 'unknown',
        findings: '[]',
        'new-sizes': '[]',
      },
    });
  });
});
