import { describe, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { aStatus } from '@kafka-ha/kube/testing';
import { fakeObjects, type Refuse } from '@kafka-ha/cluster/testing';
import { readVolumeRefusals } from './volume-refusals.ts';

const { signal } = new AbortController();
const sizes = (size: string, name?: string) =>
  aSpec({ brokers: 3, tolerance: 1, storage: { size, ...(name && { class: name }) } });

function aClaim(pod: string, storage: string, differences: Record<string, unknown> = {}): KubeObject {
  const spec = {
    resources: { requests: { storage } },
    storageClassName: 'local',
    volumeName: 'pv',
    ...differences,
  };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: `data-${pod}`, namespace: 'kafka' },
    spec,
  };
}

const claims = [0, 1, 2].map((id) => aClaim(`events-kafka-${id}`, '50Gi'));

async function refusals(spec: Spec, refuse?: Refuse, there = claims) {
  await using fake = await fakeObjects(there, refuse);
  const found = await readVolumeRefusals({ kube: fake.kube, spec, signal });
  expect(fake.changes()).toEqual([]);
  return found;
}

function requestedBytes(body: unknown): number {
  const { spec } = body as { spec: { resources: { requests: { storage: string } } } };
  return Number(spec.resources.requests.storage);
}

describe('volume refusals', () => {
  test('volumes that are as the file says, and those that may grow, stand in nobody’s way', async () => {
    expect(await refusals(sizes('50Gi'))).toEqual([]);
    expect(await refusals(sizes('51Gi'))).toEqual([]);
  });

  test('a class that cannot grow is known before anything is changed', async () => {
    const why =
      'persistentvolumeclaims "data-events-kafka-0" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
    const found = await refusals(sizes('51Gi'), ({ method }) =>
      method === 'PATCH' ? aStatus(403, why) : undefined,
    );
    expect(found).toEqual([
      expect.objectContaining({
        code: 'kubernetes-refused',
        hint: expect.stringContaining('allowVolumeExpansion'),
      }),
    ]);
  });

  test('a quota is told as one, also where each claim alone would fit into it', async () => {
    const gib = 2 ** 30;
    const quota = (body: unknown) => requestedBytes(body) > 52 * gib;
    const found = await refusals(sizes('51Gi'), ({ method, body }) =>
      method === 'PATCH' && quota(body)
        ? aStatus(403, 'exceeded quota: q, requested: requests.storage=3Gi')
        : undefined,
    );
    expect(found).toEqual([expect.objectContaining({ hint: expect.stringContaining('ResourceQuota') })]);
    expect(found[0]?.hint).not.toContain('StorageClass');
  });

  test('a limit of one claim alone does not speak against the growth of all', async () => {
    const gib = 2 ** 30;
    const found = await refusals(sizes('51Gi'), ({ method, body }) =>
      method === 'PATCH' && requestedBytes(body) > 52 * gib
        ? aStatus(403, 'maximum storage usage per PersistentVolumeClaim is 52Gi')
        : undefined,
    );
    expect(found).toEqual([]);
  });

  test('a volume cannot shrink', async () => {
    const found = await refusals(sizes('40Gi'));
    expect(found[0]).toMatchObject({
      code: 'invalid-usage',
      why: expect.stringContaining('cannot shrink to 40Gi'),
    });
  });

  test('a volume keeps its class, and naming that is no change', async () => {
    expect(await refusals(sizes('50Gi', 'local'))).toEqual([]);
    expect((await refusals(sizes('50Gi', 'fast')))[0]).toMatchObject({
      why: 'volume data-events-kafka-0 is of storage class local, and a volume cannot change to fast',
      hint: expect.stringContaining('class: local'),
    });
  });

  test('a claim that waits for a class may be given one; one that waits for another may be made anew', async () => {
    const waiting = (differences: Record<string, unknown>) => [
      aClaim('events-kafka-0', '50Gi', { volumeName: undefined, ...differences }),
    ];
    expect(
      await refusals(sizes('50Gi', 'local'), undefined, waiting({ storageClassName: undefined })),
    ).toEqual([]);
    const [refusal] = await refusals(
      sizes('50Gi', 'local'),
      undefined,
      waiting({ storageClassName: 'no-such' }),
    );
    expect(refusal?.hint).toContain('delete statefulset events-kafka');
  });
});
