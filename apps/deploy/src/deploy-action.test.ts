import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, fakeGitHub, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { deployAction } from './deploy-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('deployAction', () => {
  test('action.yml says what the code takes and gives', () => {
    expectContract(readActionYml('deploy'), deployAction);
  });

  test('a wrong input is named, with what it got and what it takes', async () => {
    const { exitCode, log, outputs, summary } = await runBundle('deploy', { inputs: { comment: 'maybe' } });
    expect({ exitCode, outputs }).toEqual({
      exitCode: 1,
      outputs: { result: 'failed', cluster: '', 'stopped-at': '', error: 'invalid-usage' },
    });
    expect(log).toContain('::error::input comment got "maybe", takes true or false');
    expect(summary).toContain('### ❌ Deploy a cluster: failed');
  });

  test('a file that breaks its promise is annotated on its line, and its pull request is told', async () => {
    await using github = await fakeGitHub({ token: 'marked' });
    await using folder = await clusterFile('name: events\ntolerance: 2\nreplication: { minInSync: 2 }\n');
    const { exitCode, log, outputs, summary } = await runBundle('deploy', {
      cwd: folder.path,
      inputs: { 'github-token': 'marked' },
      event: { pull_request: { number: 5 } },
      env: { GITHUB_API_URL: github.url },
    });
    expect({ exitCode, error: outputs['error'] }).toEqual({ exitCode: 1, error: 'promise-broken' });
    expect(log).toMatch(/^::error file=cluster\.yaml,line=3,col=\d+::.*min\.insync\.replicas 3 or more/m);
    expect(summary).toContain('min.insync.replicas 3 or more');
    expect(github.comments).toEqual([
      { id: 0, body: expect.stringContaining('### ❌ Deploy cluster.yaml: failed'), user: expect.anything() },
    ]);
  });

  test('without a kubeconfig it says where one may come from', async () => {
    await using folder = await clusterFile('name: events\n');
    const { log, outputs } = await runBundle('deploy', { cwd: folder.path });
    expect(outputs).toMatchObject({ cluster: 'kafka/events', error: 'invalid-usage' });
    expect(log).toContain('input kubeconfig is empty, and KUBECONFIG is not set');
  });

  test('a comment that cannot be made is a warning, and changes nothing else', async () => {
    await using github = await fakeGitHub({ token: 'another' });
    const { log, outputs } = await runBundle('deploy', {
      cwd: tmpdir(),
      inputs: { 'cluster-file': 'none.yaml', 'github-token': 'marked' },
      event: { pull_request: { number: 5 } },
      env: { GITHUB_API_URL: github.url },
    });
    expect(outputs['error']).toBe('not-found');
    expect(log).toMatch(/^::warning::Could not comment on pull request 5: .*pull-requests: write/m);
  });

  async function clusterFile(text: string): Promise<AsyncDisposable & { path: string }> {
    const path = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
    await writeFile(join(path, 'cluster.yaml'), text);
    return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
  }
});
