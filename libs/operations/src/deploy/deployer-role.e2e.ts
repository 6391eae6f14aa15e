import { afterAll, expect, test } from '@jest/globals';
import { applyObject, openKube, request } from '@kafka-ha/kube';
import { fieldManager, names, renderAdminObjects } from '@kafka-ha/manifests';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { deploy } from './deploy.ts';

const namespace = freshNamespace('role');
const real = realCluster();
const { signal } = new AbortController();

afterAll(() => removeNamespace(real, namespace), 180_000);

test('the generated Role, without cluster-admin, is enough to deploy into a namespace that enforces restricted pods', async () => {
  const spec = await exampleSpec(namespace);
  for (const object of renderAdminObjects(spec))
    await applyObject(real.kube, object, { fieldManager, signal });
  const kube = openKube({ kubeconfigText: await kubeconfigOf(names(spec).deployer) });

  await expect(
    request(kube, { method: 'GET', path: '/api/v1/nodes', what: 'list nodes' }),
  ).rejects.toMatchObject({
    code: 'forbidden',
  });
  const events = await drain(deploy({ kube, spec }, { actor: { holder: 'deployer' }, signal }));
  expect(events.at(-1)).toMatchObject({ kind: 'finished', step: 'prove' });
}, 300_000);

/** The admin's kubeconfig with a ServiceAccount's token in place of his certificate. */
async function kubeconfigOf(serviceAccount: string): Promise<string> {
  const { body } = await request<{ status: { token: string } }>(real.kube, {
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
    what: `make a token for ${serviceAccount}`,
  });
  const kubeconfig = parse(await readFile(real.kubeconfigPath, 'utf8')) as {
    users: { name: string; user: unknown }[];
  };
  return stringify({
    ...kubeconfig,
    users: kubeconfig.users.map(({ name }) => ({ name, user: { token: body.status.token } })),
  });
}
