import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { fakeObjects } from '../testing/fake-objects.ts';
import { allowFormatting, endFormatting, markFormed } from './mark-formed.ts';

const { signal } = new AbortController();
const spec = aSpec({ mode: 'kraft' });
const config = (data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'events-quorum', namespace: spec.namespace },
  data,
});

describe('markFormed', () => {
  test('the quorum has formed once every controller has all, and not before', async () => {
    await using fake = await fakeObjects([config({ 'cluster-id': 'a' })]);
    const told = [['waits for an active controller'], ['waits for the other controllers'], []];
    await markFormed({ kube: fake.kube, spec, signal }, async () => told.shift() ?? []);
    expect(told).toEqual([]);
    expect(fake.changes()).toEqual(['PATCH configmaps/events-quorum']);
    const [applied] = fake.received.filter(({ method }) => method === 'PATCH');
    // The keys of the others who apply this object are not touched, and they do not touch this one.
    expect(applied?.body).toEqual(config({ formed: 'true' }));
    expect(applied?.query.get('fieldManager')).toBe('kafka-ha-quorum');
  });

  test('where it has formed before, nobody is asked', async () => {
    await using fake = await fakeObjects([config({ formed: 'true' })]);
    await markFormed({ kube: fake.kube, spec, signal }, () => Promise.reject(new Error('asked')));
    expect(fake.changes()).toEqual([]);
  });

  test('where the controllers do not come together, it has not formed', async () => {
    await using fake = await fakeObjects([config({})]);
    const forming = markFormed({ kube: fake.kube, spec, signal }, async () => ['waits']);
    await expect(forming).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: 'Waited 120 s for every controller to have all that the active one has.',
    });
    expect(fake.changes()).toEqual([]);
  });

  test('who may format is written with what was there, and taken away again alone', async () => {
    await using fake = await fakeObjects([config({ formed: 'true' })]);
    const cluster = { kube: fake.kube, spec, signal };
    await endFormatting(cluster);
    expect(fake.changes()).toEqual([]);
    await allowFormatting(cluster, 'events-controller-1');
    await endFormatting(cluster);
    const applied = fake.received.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(applied).toEqual([
      config({ formed: 'true', format: 'events-controller-1' }),
      config({ formed: 'true' }),
    ]);
  });

  test('who a killed run has let format may not any more, once all are whole', async () => {
    await using fake = await fakeObjects([config({ formed: 'true', format: 'events-controller-1' })]);
    const told = [['waits for the other controllers'], []];
    await markFormed({ kube: fake.kube, spec, signal }, async () => told.shift() ?? []);
    expect(told).toEqual([]);
    expect(fake.objects.get('configmaps/events-quorum')).toMatchObject({ data: { formed: 'true' } });
    expect(fake.objects.get('configmaps/events-quorum')).not.toHaveProperty('data.format');
  });
});
