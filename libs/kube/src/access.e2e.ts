import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  applyObject,
  checkAccess,
  listObjects,
  openKube,
  request,
  withoutLease,
  type FencedKube,
} from './index.ts';
import { aNamespace, fieldManager, type TestNamespace } from './testing/real-cluster.ts';

let here: TestNamespace;
let limited: FencedKube;

describe('access', () => {
  beforeAll(async () => {
    here = await aNamespace();
    limited = withoutLease('a test', openKube({ kubeconfigText: await kubeconfigOf(here, 'limited') }));
  });
  afterAll(async () => {
    limited.agent.destroy();
    await here[Symbol.asyncDispose]();
  });

  /** A kubeconfig with the token of a new ServiceAccount, which may do nothing. */
  async function kubeconfigOf({ kube, namespace }: TestNamespace, name: string): Promise<string> {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
    await applyObject(kube, account, { fieldManager });
    const { body } = await request<{ status: { token: string } }>(kube, {
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 600 },
      },
      what: 'get a token',
    });
    const config = JSON.parse(kube.config.exportConfig()) as Record<string, unknown>;
    const cluster = kube.config.getCurrentCluster()?.name;
    return JSON.stringify({
      ...config,
      users: [{ name, user: { token: body.status.token } }],
      contexts: [{ name, context: { cluster, user: name, namespace } }],
      'current-context': name,
    });
  }

  test('the version of the API server and the state of the namespace are told', async () => {
    const { kube, namespace } = here;
    expect(await checkAccess(kube, { namespace })).toEqual({
      version: expect.stringMatching(/^v1\./),
      namespace: 'active',
    });
    expect(await checkAccess(kube, { namespace: 'no-such-namespace' })).toMatchObject({
      namespace: 'absent',
    });
    expect(await checkAccess(limited, { namespace })).toMatchObject({ namespace: 'unreadable' });
  });

  test('a missing right is told as who may not do what where', async () => {
    const { namespace } = here;
    const who = `system:serviceaccount:${namespace}:limited`;
    await expect(listObjects(limited, { apiVersion: 'v1', kind: 'Pod', namespace })).rejects.toMatchObject({
      code: 'forbidden',
      message: `${who} may not list pods in namespace ${namespace}.`,
    });
    const object = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'x', namespace } };
    await expect(applyObject(limited, object, { fieldManager })).rejects.toMatchObject({
      code: 'forbidden',
      message: `${who} may not patch statefulsets in namespace ${namespace}.`,
    });
  });

  test('applying works with the right to patch and create alone', async () => {
    const { kube, namespace } = here;
    const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'writer', namespace } };
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'patch'] }];
    await applyObject(kube, { ...rbac, kind: 'Role', rules }, { fieldManager });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'writer' };
    const subjects = [{ kind: 'ServiceAccount', name: 'limited', namespace }];
    await applyObject(kube, { ...rbac, kind: 'RoleBinding', roleRef, subjects }, { fieldManager });
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace },
      data: { a: '1' },
    };
    expect((await applyObject(limited, object, { fieldManager })).outcome).toBe('created');
    expect((await applyObject(limited, object, { fieldManager })).outcome).toBe('changed');
  });

  test('an unknown token is told as such', async () => {
    const { kube, namespace } = here;
    const config = JSON.parse(await kubeconfigOf(here, 'limited')) as { users: unknown[] };
    config.users = [{ name: 'limited', user: { token: 'wrong' } }];
    const stranger = openKube({ kubeconfigText: JSON.stringify(config) });
    await expect(checkAccess(stranger, { namespace })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'The API server does not accept the credentials of context "limited".',
    });
    stranger.agent.destroy();
    expect(kube.server).toBe(stranger.server);
  });
});
