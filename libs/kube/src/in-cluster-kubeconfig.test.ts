import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inClusterKubeconfig } from './in-cluster-kubeconfig.ts';
import { openKube } from './open-kube.ts';

const folder = mkdtempSync(join(tmpdir(), 'in-cluster-'));

describe('inClusterKubeconfig', () => {
  beforeAll(() => writeFileSync(join(folder, 'token'), 'of the pod'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['10.96.0.1', 'https://10.96.0.1:6443'],
    ['fd00::1', 'https://[fd00::1]:6443'],
  ])('in a pod it leads to the API server at %s with the token that Kubernetes renews', (host, server) => {
    const environment = { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: '6443' };
    const kube = openKube({ kubeconfigText: inClusterKubeconfig(environment, folder)! });
    expect(kube.server).toBe(server);
    expect(kube.config.getCurrentCluster()?.caFile).toBe(join(folder, 'ca.crt'));
    expect(kube.config.getCurrentUser()?.authProvider).toMatchObject({
      config: { tokenFile: join(folder, 'token') },
    });
  });

  test('outside of a pod, and in one without a token, there is none', () => {
    expect(inClusterKubeconfig({}, folder)).toBeUndefined();
    expect(
      inClusterKubeconfig({ KUBERNETES_SERVICE_HOST: '10.96.0.1' }, join(folder, 'none')),
    ).toBeUndefined();
  });
});
