import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, fakeGitHub, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { planAction } from './plan-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('planAction', () => {
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
    expect(log).toContain('input kubeconfig is empty, and KUBECONFIG is not set');
  });

  test("a commit's cluster file is read through GitHub's API, and nothing of the checkout", async () => {
    const commit = 'c'.repeat(40);
    const files = { [`${commit}:kafka/cluster.yaml`]: 'name: events\ntolerance: 2\nbrokers: 3\n' };
    await using github = await fakeGitHub({ token: 'marked', files });
    const inputs = { 'cluster-file': 'kafka/cluster.yaml', 'github-token': 'marked', comment: 'false' };
    const env = { GITHUB_API_URL: github.url };
    const read = await runBundle('plan', { inputs: { ...inputs, commit }, env });
    expect(read.outputs).toMatchObject({ error: 'promise-broken' });
    expect(read.log).toMatch(
      /^::error file=kafka\/cluster\.yaml,line=3,col=\d+::tolerance 2 needs 5 brokers/m,
    );
    expect(github.calls.map(({ path }) => path)).toEqual(['/repos/octo/kafka/contents/kafka/cluster.yaml']);
    const checkout = await runBundle('plan', { inputs, env });
    expect(checkout.outputs).toMatchObject({ error: 'not-found' });
    const branch = await runBundle('plan', { inputs: { ...inputs, commit: 'main' }, env });
    expect(branch.log).toContain('input commit got "main", takes a commit, 40 hexadecimal digits');
  });

  test('where no file is named it is kafka-ha.yaml, or cluster.yaml where the commit has no such file', async () => {
    const commit = 'c'.repeat(40);
    const broken = 'name: events\ntolerance: 2\nbrokers: 3\n';
    const readOf = async (files: Record<string, string>) => {
      await using github = await fakeGitHub({ token: 'marked', files });
      const inputs = { 'github-token': 'marked', comment: 'false', commit };
      const { log } = await runBundle('plan', { inputs, env: { GITHUB_API_URL: github.url } });
      return /^::error file=([^,]+)/m.exec(log)?.[1];
    };
    expect(await readOf({ [`${commit}:kafka-ha.yaml`]: broken, [`${commit}:cluster.yaml`]: broken })).toBe(
      'kafka-ha.yaml',
    );
    expect(await readOf({ [`${commit}:cluster.yaml`]: broken })).toBe('cluster.yaml');
  });
});
