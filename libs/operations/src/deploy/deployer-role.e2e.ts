import { afterAll, expect, test } from '@jest/globals';
import { applyObject, openKube, request } from '@kafka-ha/kube';
import { fieldManager, names, renderAdminObjects } from '@kafka-ha/manifests';
import {
  drain,
  exampleSpec,
  freshNamespace,
  kubeconfigOfServiceAccount,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { deploy } from './deploy.ts';

const namespace = freshNamespace('role');
const real = realCluster();
const { signal } = new AbortController();

afterAll(() => removeNamespace(real, namespace), 180_000);

test('the generated Role, without cluster-admin, is enough to deploy into a namespace that enforces restricted pods', async () => {
  const spec = await exampleSpec(namespace);
  for (const object of renderAdminObjects(spec))
    await applyObject(real.kube, object, { fieldManager, signal });
  const kube = openKube({
    kubeconfigText: await kubeconfigOfServiceAccount(real, namespace, names(spec).deployer),
  });

  await expect(
    request(kube, { method: 'GET', path: '/api/v1/nodes', what: 'list nodes' }),
  ).rejects.toMatchObject({
    code: 'forbidden',
  });
  const events = await drain(deploy({ kube, spec }, { actor: { holder: 'deployer' }, signal }));
  expect(events.at(-1)).toMatchObject({ kind: 'finished', step: 'prove' });
}, 300_000);
