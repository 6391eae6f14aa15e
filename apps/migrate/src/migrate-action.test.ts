import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { migrateAction } from './migrate-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('migrateAction', () => {
  test('action.yml says what the code takes and gives', () => {
    expectContract(readActionYml('migrate'), migrateAction);
  });

  test('a mode that it does not go to is refused, with those that it does', async () => {
    const { exitCode, log, outputs } = await runBundle('migrate', { inputs: { to: 'migrating' } });
    expect({ exitCode, error: outputs['error'] }).toEqual({ exitCode: 1, error: 'invalid-usage' });
    expect(log).toContain('input to got "migrating", takes');
    expect(log).toContain('dual-write');
  });

  test('what was approved has to be a plan: without one nothing is asked of the cluster', async () => {
    const inputs = { environment: 'local', plan: 'package.json', kubeconfig: 'users: []' };
    const { log, outputs } = await runBundle('migrate', { inputs });
    expect(outputs).toMatchObject({ error: 'invalid-usage' });
    expect(log).toContain('package.json is not a plan of a migration');
  });
});
