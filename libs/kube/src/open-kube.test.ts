import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openKube } from './open-kube.ts';
import { aKubeconfig } from './testing/fake-api-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kube-'));
afterAll(() => rmSync(folder, { recursive: true }));

function aFile(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('the current context is taken, with its server and namespace', () => {
  const kube = openKube({ kubeconfigText: aKubeconfig({ server: 'https://example.test:6443' }) });
  expect(kube).toMatchObject({ context: 'test', server: 'https://example.test:6443', namespace: 'kafka' });
});

test('of several files the first to name a thing wins, as with kubectl', () => {
  const one = aFile('one', aKubeconfig({ server: 'https://one.test', context: 'one' }));
  const two = aFile('two', aKubeconfig({ server: 'https://two.test', context: 'two' }));
  const kubeconfigPath = [one, two].join(path.delimiter);
  expect(openKube({ kubeconfigPath }).context).toBe('one');
  expect(openKube({ kubeconfigPath, context: 'two' }).server).toBe('https://one.test');
});

test('a file that is not there is named', () => {
  expect(() => openKube({ kubeconfigPath: '/no/such/file' })).toThrow(
    expect.objectContaining({ code: 'not-found', message: 'There is no kubeconfig /no/such/file.' }),
  );
});

test('no kubeconfig at all is an error that says what to do', () => {
  expect(() => openKube({})).toThrow(
    expect.objectContaining({ code: 'not-found', hint: expect.any(String) }),
  );
});

test('a context that is not there is answered with those that are', () => {
  const file = aFile('contexts', aKubeconfig({ context: 'staging' }));
  expect(() => openKube({ kubeconfigPath: file, context: 'prod' })).toThrow(
    expect.objectContaining({
      code: 'invalid-usage',
      message: `There is no context "prod" in ${file}. It has: staging.`,
    }),
  );
});

test.each([
  ['YAML that is broken', 'clusters: [{token: secret-token', /not YAML at line \d/],
  ['text that is no mapping', 'secret-token', /it has no clusters and contexts/],
  [
    'a cluster without a server',
    'clusters: [{name: a, cluster: {}}]\ncontexts: []',
    /clusters\[0\].cluster.server is missing/,
  ],
  [
    'a server without TLS',
    aKubeconfig({ server: 'http://example.test' }).replace('"insecure-skip-tls-verify":true', '"x":1'),
    /context "test" goes to http:\/\/example.test without TLS/,
  ],
  [
    'a context of an unknown cluster',
    'clusters: []\nusers: [{name: u}]\ncontexts: [{name: c, context: {cluster: x, user: u}}]\ncurrent-context: c',
    /context "c" names no known cluster/,
  ],
])('%s is refused without quoting the file', (_what, kubeconfigText, message) => {
  const open = () => openKube({ kubeconfigText });
  expect(open).toThrow(
    expect.objectContaining({ code: 'invalid-usage', message: expect.stringMatching(message) }),
  );
  expect(open).not.toThrow(/secret-token/);
});
