import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { applyObject, getObject, openKube, pruneObjects, withoutLease, type KubeObject } from './index.ts';
import { aNamespace, fieldManager, type TestNamespace } from './testing/real-cluster.ts';

let here: TestNamespace;

describe('applyObject', () => {
  beforeAll(async () => void (here = await aNamespace()));
  afterAll(() => here[Symbol.asyncDispose]());

  function aConfigMap(name: string, data: Record<string, string>, labels?: Record<string, string>) {
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: here.namespace, ...(labels && { labels }) },
      data,
    };
  }

  async function versionOf(object: KubeObject): Promise<string | undefined> {
    const found = await getObject(here.kube, {
      ...object,
      name: object.metadata.name,
      namespace: here.namespace,
    });
    return found?.metadata.resourceVersion;
  }

  test('an object is created, then unchanged under the same resource version, then changed', async () => {
    const object = aConfigMap('outcomes', { a: '1' });
    const outcome = async (wanted: KubeObject) =>
      (await applyObject(here.kube, wanted, { fieldManager })).outcome;
    expect(await outcome(object)).toBe('created');
    const created = await versionOf(object);
    expect(await outcome(object)).toBe('unchanged');
    expect(await versionOf(object)).toBe(created);
    expect(await outcome({ ...object, data: { a: '2' } })).toBe('changed');
    expect(await versionOf(object)).not.toBe(created);
  });

  test('a field that is no longer applied is removed', async () => {
    await applyObject(here.kube, aConfigMap('fewer', { a: '1', b: '2' }), { fieldManager });
    const { object } = await applyObject(here.kube, aConfigMap('fewer', { a: '1' }), { fieldManager });
    expect(object.data).toEqual({ a: '1' });
  });

  test('a dry run says what would happen and stores nothing', async () => {
    const object = aConfigMap('dry', { a: '1' });
    const dry = async (wanted: KubeObject) =>
      (await applyObject(here.kube, wanted, { fieldManager, dryRun: true })).outcome;
    expect(await dry(object)).toBe('created');
    expect(await versionOf(object)).toBeUndefined();
    await applyObject(here.kube, object, { fieldManager });
    expect(await dry(object)).toBe('unchanged');
    expect(await dry({ ...object, data: { a: '2' } })).toBe('changed');
  });

  test('a field that the API server does not know is reported, not dropped', async () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'unknown-field', namespace: here.namespace },
      spec: { clusterIP: 'None', ports: [{ port: 9092 }], brandNewField: true },
    };
    await expect(applyObject(here.kube, service, { fieldManager })).rejects.toMatchObject({
      code: 'kubernetes-refused',
      message: expect.stringContaining('brandNewField'),
    });
  });

  test('a field of another manager is a conflict that names both, and can be taken by force', async () => {
    await applyObject(here.kube, aConfigMap('owned', { a: '1' }), { fieldManager: 'ann' });
    const mine = aConfigMap('owned', { a: '2' });
    await expect(applyObject(here.kube, mine, { fieldManager })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('ann owns 1 field'),
      details: ['.data.a: set by ann'],
    });
    const { object } = await applyObject(here.kube, mine, { fieldManager, force: true });
    expect(object.data).toEqual({ a: '2' });
  });

  test('what Kubernetes refuses comes with its causes', async () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'invalid', namespace: here.namespace },
      spec: { clusterIP: 'None', ports: [{ port: 99999, protocol: 'XYZ' }] },
    };
    const refused = {
      code: 'kubernetes-refused',
      details: expect.arrayContaining([expect.stringContaining('99999')]),
    };
    await expect(applyObject(here.kube, service, { fieldManager })).rejects.toMatchObject(refused);
  });

  test('a namespace that is missing is named', async () => {
    const object = { ...aConfigMap('x', {}), metadata: { name: 'x', namespace: 'no-such-namespace' } };
    await expect(applyObject(here.kube, object, { fieldManager })).rejects.toMatchObject({
      code: 'not-found',
      hint: 'Create the namespace: kubectl create namespace no-such-namespace',
    });
  });

  test('pruning deletes what bears the label and is not kept', async () => {
    const { kube, namespace } = here;
    const labels = { cluster: 'pruned' };
    const [kept, old, foreign] = [
      aConfigMap('kept', {}, labels),
      aConfigMap('old', {}, labels),
      aConfigMap('foreign', {}),
    ];
    for (const object of [kept, old, foreign]) await applyObject(kube, object, { fieldManager });
    const options = {
      kinds: [
        { apiVersion: 'v1', kind: 'ConfigMap' },
        { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
      ],
      namespace,
      labelSelector: 'cluster=pruned',
      keep: [{ ...kept, name: 'kept', namespace }],
    };
    expect(await pruneObjects(kube, options)).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'old' },
    ]);
    expect(await pruneObjects(kube, options)).toEqual([]);
    expect(await versionOf(foreign)).toBeDefined();
    expect(await versionOf(kept)).toBeDefined();
  });

  test('a namespace that is being deleted is named as such', async () => {
    await using doomed = await aNamespace();
    const { kube, namespace } = doomed;
    // Something with a finalizer keeps it from being gone at once.
    const guard = aConfigMap('guard', {});
    const guarded = {
      ...guard,
      metadata: { ...guard.metadata, namespace, finalizers: ['kafka-ha.test/hold'] },
    };
    await applyObject(kube, guarded, { fieldManager });
    await doomed[Symbol.asyncDispose]();
    const again = withoutLease(
      'a test',
      openKube({ kubeconfigPath: process.env['KAFKA_HA_E2E_KUBECONFIG'] }),
    );
    const object = { ...aConfigMap('late', {}), metadata: { name: 'late', namespace } };
    try {
      await expect(applyObject(again, object, { fieldManager })).rejects.toMatchObject({
        code: 'kubernetes-refused',
        message: `Cannot apply ConfigMap ${namespace}/late: namespace ${namespace} is being deleted.`,
      });
    } finally {
      await applyObject(again, { ...guarded, metadata: { name: 'guard', namespace } }, { fieldManager });
      again.agent.destroy();
    }
  });
});
