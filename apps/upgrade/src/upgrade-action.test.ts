import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { upgradeAction } from './upgrade-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('upgradeAction', () => {
  test('action.yml says what the code takes and gives', () => {
    expectContract(readActionYml('upgrade'), upgradeAction);
  });

  test.each([
    [{}, 'input kafka got nothing, takes a version such as 3.9.2, unless finalize is true'],
    [{ kafka: '3.9.2', finalize: 'true' }, 'input kafka got 3.9.2, takes nothing if finalize is true'],
    [{ kafka: 'latest' }, 'input kafka got "latest", takes a version such as 3.9.2'],
  ])('%j is refused, with what it takes', async (inputs, message) => {
    const { exitCode, log, outputs } = await runBundle('upgrade', { inputs });
    expect({ exitCode, error: outputs['error'] }).toEqual({ exitCode: 1, error: 'invalid-usage' });
    expect(log).toContain(message);
  });

  test('what was approved has to be a plan: without one nothing is asked of the cluster', async () => {
    const inputs = { kafka: '3.9.2', environment: 'local', plan: 'package.json', kubeconfig: 'users: []' };
    const { log, outputs } = await runBundle('upgrade', { inputs });
    expect(outputs).toMatchObject({ error: 'invalid-usage' });
    expect(log).toContain('package.json is not a plan');
  });
});
