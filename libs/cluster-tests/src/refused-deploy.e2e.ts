import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { applyObject, deleteObject, listObjects, openKube, refOf } from '@kafka-ha/kube';
import { fieldManager, names, renderAdminObjects, renderNamespace } from '@kafka-ha/manifests';
import {
  drain,
  exampleSpec,
  freshNamespace,
  kubeconfigOfServiceAccount,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { deploy } from '@kafka-ha/operations';

const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };
const namespace = freshNamespace('refused');
let spec: Spec;

describe('refused deploy', () => {
  beforeAll(async () => {
    spec = await exampleSpec(namespace);
  });

  afterAll(() => removeNamespace(real, namespace), 120_000);

  test('too few nodes are refused with the arithmetic, and nothing is applied', async () => {
    const tooMany = { ...spec, brokers: 7 };
    await expect(drain(deploy({ kube: real.kube, spec: tooMany, signal }, { actor }))).rejects.toMatchObject({
      code: 'promise-broken',
      message: expect.stringContaining('need 7 nodes: there are 5'),
    });
    expect(
      await listObjects(real.kube, {
        apiVersion: 'v1',
        kind: 'Namespace',
        fieldSelector: `metadata.name=${namespace}`,
      }),
    ).toEqual([]);
  }, 60_000);

  test('without rights the verb, the resource and the account are named, and nothing is applied', async () => {
    await applyObject(real.kube, renderNamespace(spec), { fieldManager, signal });
    const kube = openKube({ kubeconfigText: await kubeconfigOfServiceAccount(real, namespace, 'default') });
    await expect(drain(deploy({ kube, spec, signal }, { actor }))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(`system:serviceaccount:${namespace}:default`),
    });
    expect(await listObjects(real.kube, { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace })).toEqual(
      [],
    );
  }, 60_000);

  test('a cluster of the same name that another tool made is refused, and named', async () => {
    await applyObject(real.kube, renderNamespace(spec), { fieldManager, signal });
    const foreign = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: names(spec).bootstrap,
        namespace,
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      },
      spec: { ports: [{ port: 9092 }], selector: { app: 'kafka' } },
    };
    await applyObject(real.kube, foreign, { fieldManager: 'helm', signal });
    try {
      await expect(drain(deploy({ kube: real.kube, spec, signal }, { actor }))).rejects.toMatchObject({
        code: 'conflict',
        details: [`Service ${names(spec).bootstrap}`],
      });
    } finally {
      await deleteObject(real.kube, refOf(foreign), { signal });
    }
    expect(await listObjects(real.kube, { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace })).toEqual(
      [],
    );
  }, 60_000);

  test('an image that does not exist is found within 30 seconds of its pod', async () => {
    const elsewhere = freshNamespace('refused');
    const wrong = {
      ...spec,
      namespace: elsewhere,
      images: { ...spec.images, zookeeper: 'zookeeper:0.0.0-none' },
    };
    try {
      const started = performance.now();
      await expect(drain(deploy({ kube: real.kube, spec: wrong, signal }, { actor }))).rejects.toMatchObject({
        code: 'pod-failed',
        message: expect.stringContaining('zookeeper:0.0.0-none'),
      });
      expect(performance.now() - started).toBeLessThan(30_000);
    } finally {
      await removeNamespace(real, elsewhere);
    }
  }, 180_000);

  test('a deployer that may not list nodes learns of too few from the scheduler within 30 seconds', async () => {
    const tooMany = { ...spec, zookeeper: { ...spec.zookeeper, servers: 7 } };
    for (const object of renderAdminObjects(spec))
      await applyObject(real.kube, object, { fieldManager, signal });
    const kube = openKube({
      kubeconfigText: await kubeconfigOfServiceAccount(real, namespace, names(spec).deployer),
    });
    const started = performance.now();
    await expect(drain(deploy({ kube, spec: tooMany, signal }, { actor }))).rejects.toMatchObject({
      code: 'pod-failed',
      message: expect.stringContaining('cannot be scheduled'),
    });
    expect(performance.now() - started).toBeLessThan(30_000);
  }, 60_000);

  test('a namespace that is being deleted is refused', async () => {
    const elsewhere = { ...spec, namespace: freshNamespace('refused') };
    const { namespace: name } = elsewhere;
    await applyObject(real.kube, renderNamespace(elsewhere), { fieldManager, signal });
    // A finalizer on an object inside keeps the namespace terminating until it is taken off.
    const held = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'held', namespace: name, finalizers: ['kafka-ha.test/held'] },
    };
    await applyObject(real.kube, held, { fieldManager, signal });
    await deleteObject(real.kube, { apiVersion: 'v1', kind: 'Namespace', name }, { signal });
    try {
      await expect(
        drain(deploy({ kube: real.kube, spec: elsewhere, signal }, { actor })),
      ).rejects.toMatchObject({
        message: expect.stringContaining('being deleted'),
      });
    } finally {
      await applyObject(
        real.kube,
        { ...held, metadata: { name: 'held', namespace: name } },
        { fieldManager, signal },
      );
    }
  }, 60_000);
});
