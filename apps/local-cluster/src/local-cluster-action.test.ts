import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { localClusterAction } from './local-cluster-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('localClusterAction', () => {
  test('action.yml says what the code takes and gives, and that the code runs again at the end of the job', () => {
    expectContract(readActionYml('local-cluster'), localClusterAction, {
      post: 'dist/index.cjs',
      'post-if': 'always()',
    });
  });

  test.each([
    [{ name: 'Two words' }, "'Two words' cannot name a local cluster"],
    [{ workers: '21' }, 'input workers got "21", takes a whole number from 1 to 20'],
    [{ provider: 'minikube' }, 'input provider got "minikube", takes auto, kind or namespaces'],
  ])('%j is refused before anything is started', async (inputs, message) => {
    const { exitCode, log, outputs } = await runBundle('local-cluster', { inputs });
    expect(exitCode).toBe(1);
    expect(log).toContain(message);
    expect(outputs).toMatchObject({ result: 'failed', error: 'invalid-usage', kubeconfig: '', nodes: '[]' });
  });

  test('at the end of the job, one that was never made is no error, and nothing that kubectl lacks keeps it from ending', async () => {
    const { exitCode, log } = await runBundle('local-cluster', { env: { STATE_started: 'never-made' } });
    expect(log).toContain('there is no local cluster never-made');
    expect(log).toContain('✓ there was none');
    expect(exitCode).toBe(0);
  });

  test('at the end of the job, one that cannot be removed is told', async () => {
    const { exitCode, log } = await runBundle('local-cluster', { env: { STATE_started: 'Two words' } });
    expect(log).toContain("::error::'Two words' cannot name a local cluster");
    expect(exitCode).toBe(1);
  });
});
