import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { connectionOptions } from './connection-options.ts';
import { openKube } from './open-kube.ts';
import { aKubeconfig } from './testing/fake-api-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kube-'));

describe('openKube', () => {
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

  test('files that are missing or empty, or have a part alone, are taken as kubectl takes them', () => {
    const { clusters, users, contexts, ...rest } = JSON.parse(aKubeconfig()) as Record<string, unknown>;
    const base = aFile('base', JSON.stringify({ clusters, users, contexts }));
    const parts = [
      '/no/such/file',
      aFile('empty', ''),
      aFile('users-only', JSON.stringify({ users })),
      aFile('current-context-only', JSON.stringify(rest)),
      base,
    ];
    expect(openKube({ kubeconfigPath: parts.join(path.delimiter) }).context).toBe('test');
    expect(openKube({ kubeconfigPath: parts.reverse().join(path.delimiter) }).context).toBe('test');
  });

  test('entries that are broken do no harm to a context that is not', () => {
    const parsed = JSON.parse(aKubeconfig()) as Record<'contexts' | 'users' | 'clusters', unknown[]>;
    parsed.contexts.push({ name: 'broken' }, null);
    parsed.users.unshift({ user: {} });
    parsed.clusters.push({ name: 'no-server', cluster: {} });
    expect(openKube({ kubeconfigText: JSON.stringify(parsed) }).context).toBe('test');
  });

  async function headersOf(user: unknown, more: Record<string, unknown> = {}) {
    const parsed = JSON.parse(aKubeconfig()) as Record<string, unknown>;
    const text = JSON.stringify({ ...parsed, users: [{ name: 'test', user }], ...more });
    const kube = openKube({ kubeconfigPath: aFile('kubeconfig', text) });
    return (await connectionOptions(kube)).headers ?? {};
  }

  test('a context without a user asks as nobody', async () => {
    const contexts = [{ name: 'test', context: { cluster: 'test' } }];
    expect(await headersOf({ token: 'x' }, { contexts })).toEqual({});
  });

  test('the token of a file beside the kubeconfig is sent, before one that is written in it', async () => {
    aFile('token', 'token-of-the-file');
    const bearer = { Authorization: 'Bearer token-of-the-file' };
    expect(await headersOf({ tokenFile: 'token', token: 'older' })).toEqual(bearer);
  });

  test('a login plugin that lies beside the kubeconfig is found, and its token sent', async () => {
    aFile('login', '#!/bin/sh\necho \'{"status":{"token":"token-of-the-plugin"}}\'');
    chmodSync(path.join(folder, 'login'), 0o755);
    const bearer = { Authorization: 'Bearer token-of-the-plugin' };
    expect(await headersOf({ exec: { command: './login', args: null, env: null } })).toEqual(bearer);
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
      'clusters: [{name: a, cluster: {}}]\ncontexts: [{name: c, context: {cluster: a}}]\ncurrent-context: c',
      /context "c" names no known cluster that has a server/,
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
});
