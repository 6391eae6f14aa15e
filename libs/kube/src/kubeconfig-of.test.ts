import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { kubeconfigOf } from './kubeconfig-of.ts';
import { openKube } from './open-kube.ts';

const account = { namespace: 'kafka', user: 'events-deployer', token: 'its-token' };

describe('kubeconfigOf', () => {
  test('it leads to the same API server with the token alone, and no file of this machine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-of-'));
    try {
      writeFileSync(join(folder, 'ca.crt'), 'the authority');
      const text = kubeconfigOf(
        openKube({ kubeconfigText: adminOf({ caFile: join(folder, 'ca.crt') }) }),
        account,
      );
      expect(text).not.toContain('admin');
      expect(text).not.toContain(folder);
      const { server, namespace, config } = openKube({ kubeconfigText: text });
      expect({ server, namespace }).toEqual({ server: 'https://kube.example:6443', namespace: 'kafka' });
      expect(config.getCurrentUser()).toMatchObject({ name: 'events-deployer', token: 'its-token' });
      expect(config.getCurrentCluster()).toMatchObject({
        caData: Buffer.from('the authority').toString('base64'),
        tlsServerName: 'kube.internal',
        proxyUrl: 'http://proxy:3128',
        skipTLSVerify: false,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  function adminOf({ caFile }: { caFile: string }): string {
    const cluster = {
      server: 'https://kube.example:6443',
      'certificate-authority': caFile,
      'tls-server-name': 'kube.internal',
      'proxy-url': 'http://proxy:3128',
    };
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'here',
      clusters: [{ name: 'cluster', cluster }],
      users: [
        { name: 'admin', user: { 'client-key-data': 'admin-key', 'client-certificate-data': 'admin-cert' } },
      ],
      contexts: [{ name: 'here', context: { cluster: 'cluster', user: 'admin' } }],
    });
  }
});
