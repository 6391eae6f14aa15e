import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { readWorkflow } from '@kafka-ha/action-kit/testing';

const { jobs } = readWorkflow('ci.yml');
const script = jobs['ci-ok']?.steps?.[0]?.run ?? '';

describe('ci ok', () => {
  test('ci-ok needs every other job, and runs whatever becomes of them', () => {
    const others = Object.keys(jobs).filter((name) => name !== 'ci-ok');
    expect(jobs['ci-ok']).toMatchObject({ needs: others, if: 'always()' });
  });

  test.each([
    ['all that a pull request needs was done', 'pull_request', {}, true],
    ['on main there is no throw-away cluster', 'push', { DEPLOY: 'skipped', FAILOVER: 'skipped' }, true],
    ['the tests failed', 'pull_request', { TEST: 'failure' }, false],
    ['the tests were skipped, on main too', 'push', { TEST: 'skipped' }, false],
    ['a cluster of kind could not be made', 'merge_group', { KIND: 'failure' }, false],
    ['the test of kind was skipped, on main too', 'push', { KIND: 'skipped' }, false],
    ['the deployment was cancelled', 'merge_group', { DEPLOY: 'cancelled' }, false],
    ['a pull request skipped the deployment', 'pull_request', { DEPLOY: 'skipped' }, false],
    ['a merge group skipped the failover test', 'merge_group', { FAILOVER: 'skipped' }, false],
    ['main failed where it may be skipped', 'push', { DEPLOY: 'failure', FAILOVER: 'skipped' }, false],
  ])('%s', (_, event, results, green) => {
    const env = {
      PATH: process.env['PATH'],
      EVENT: event,
      ...{ TEST: 'success', KIND: 'success', DEPLOY: 'success', FAILOVER: 'success' },
      ...results,
    };
    // As the runner starts it.
    const { status } = spawnSync('bash', ['-e', '-c', script], { env });
    expect(status === 0).toBe(green);
  });
});
