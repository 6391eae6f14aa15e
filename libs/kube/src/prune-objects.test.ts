import { describe, expect, test } from '@jest/globals';
import { pruneObjects } from './prune-objects.ts';
import { fakeApiServer } from './testing/fake-api-server.ts';

const selection = { namespace: 'kafka', labelSelector: 'app=events' };
const configMaps = { apiVersion: 'v1', kind: 'ConfigMap' };

function items(...objects: Record<string, unknown>[]) {
  return fakeApiServer(() => ({ json: { items: objects.map((metadata) => ({ metadata })) } }));
}

describe('pruneObjects', () => {
  test('only what is not kept and not on its way out is deleted, and only if it is still the same object', async () => {
    const meta = { namespace: 'kafka' };
    await using fake = await items(
      { ...meta, name: 'kept', uid: '1' },
      { ...meta, name: 'old', uid: '2' },
      { ...meta, name: 'leaving', uid: '3', deletionTimestamp: '2026-01-01T00:00:00Z' },
    );
    const keep = [{ ...configMaps, namespace: 'kafka', name: 'kept' }];
    const pruned = await pruneObjects(fake.kube, { kinds: [configMaps], ...selection, keep });
    expect(pruned).toEqual([{ ...configMaps, namespace: 'kafka', name: 'old' }]);
    const deletions = fake.received.filter(({ method }) => method === 'DELETE');
    expect(deletions).toMatchObject([
      { path: '/api/v1/namespaces/kafka/configmaps/old', body: { preconditions: { uid: '2' } } },
    ]);
  });

  test('a dry run says what would be deleted and deletes nothing', async () => {
    await using fake = await items({ namespace: 'kafka', name: 'old', uid: '2' });
    const pruned = await pruneObjects(fake.kube, {
      kinds: [configMaps],
      ...selection,
      keep: [],
      dryRun: true,
    });
    expect(pruned).toEqual([{ ...configMaps, namespace: 'kafka', name: 'old' }]);
    expect(fake.received.map(({ method }) => method)).toEqual(['GET']);
  });

  test('a kept object of another version of its API is kept', async () => {
    await using fake = await items({ namespace: 'kafka', name: 'budget', uid: '1' });
    const kinds = [{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' }];
    const keep = [
      { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', namespace: 'kafka', name: 'budget' },
    ];
    expect(await pruneObjects(fake.kube, { kinds, ...selection, keep })).toEqual([]);
  });

  test.each(['PersistentVolumeClaim', 'PersistentVolume', 'Namespace'])(
    '%s is refused, and nothing is deleted',
    async (kind) => {
      await using fake = await items({ namespace: 'kafka', name: 'old', uid: '1' });
      const kinds = [configMaps, { apiVersion: 'v1', kind }];
      await expect(pruneObjects(fake.kube, { kinds, ...selection, keep: [] })).rejects.toMatchObject({
        code: 'internal',
      });
      expect(fake.received).toEqual([]);
    },
  );

  test('without a label selector nothing is deleted', async () => {
    await using fake = await items({ namespace: 'kafka', name: 'old', uid: '1' });
    const options = { kinds: [configMaps], namespace: 'kafka', labelSelector: '', keep: [] };
    await expect(pruneObjects(fake.kube, options)).rejects.toMatchObject({ code: 'internal' });
    expect(fake.received).toEqual([]);
  });

  test('a kind that we may not list is passed over where that means that there is none of ours, and is an error otherwise', async () => {
    const message =
      'deployments.apps is forbidden: User "me" cannot list resource "deployments" in API group "apps" in the namespace "kafka"';
    await using fake = await fakeApiServer(({ path }) =>
      path.includes('deployments')
        ? { status: 403, json: { kind: 'Status', code: 403, reason: 'Forbidden', message } }
        : { json: { items: [{ metadata: { namespace: 'kafka', name: 'old', uid: '1' } }] } },
    );
    const deployments = { apiVersion: 'apps/v1', kind: 'Deployment' };
    const prune = (...kinds: Parameters<typeof pruneObjects>[1]['kinds']) =>
      pruneObjects(fake.kube, { kinds, ...selection, keep: [] });
    expect(await prune({ ...deployments, passOver: 'forbidden' }, configMaps)).toMatchObject([
      { name: 'old' },
    ]);
    await expect(prune(deployments)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
