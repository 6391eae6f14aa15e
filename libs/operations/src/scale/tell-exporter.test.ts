import { describe, expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { renderObjects } from '@kafka-ha/manifests';
import { applyBrokers } from './apply-brokers.ts';
import { tellExporter } from './tell-exporter.ts';

const { signal } = new AbortController();

function sized(brokers: number, tolerance: number): Spec {
  const spec = aSpec({ brokers, tolerance, metrics: {} });
  return { ...spec, metrics: { ...spec.metrics!, program: 'run()' } };
}

type Files = { data: Record<string, string> };

function specOf(objects: ReadonlyMap<string, unknown>): Partial<Spec> {
  const { data } = objects.get('configmaps/events-exporter') as Files;
  return JSON.parse(data['spec.json'] ?? '') as Partial<Spec>;
}

const [three, five] = [
  { factor: 3, minInSync: 2 },
  { factor: 5, minInSync: 3 },
];

describe('tellExporter', () => {
  test.each([
    ['more brokers', sized(5, 1), sized(7, 1), { brokers: 7, tolerance: 1, replication: three }],
    ['fewer brokers', sized(7, 1), sized(5, 1), { brokers: 7, tolerance: 1, replication: three }],
    ['a higher tolerance', sized(5, 1), sized(5, 2), { brokers: 5, tolerance: 1, replication: three }],
    ['a lower tolerance', sized(5, 2), sized(5, 1), { brokers: 5, tolerance: 1, replication: three }],
    ['more of both', sized(5, 2), sized(9, 3), { brokers: 9, tolerance: 2, replication: five }],
  ])('on the way to %s it expects no more than there is all the time', async (_, before, after, expected) => {
    await using fake = await fakeObjects(renderObjects(before));
    const cluster = { kube: fake.kube, spec: after, signal };
    await tellExporter(cluster, before.brokers);
    expect(specOf(fake.objects)).toMatchObject(expected);
    expect(fake.changes().every((each) => each.endsWith('/events-exporter'))).toBe(true);
    // Of a scale that was killed and goes on, with all its brokers there.
    await tellExporter(cluster, Math.max(before.brokers, after.brokers));
    expect(specOf(fake.objects)).toMatchObject(expected);
  });

  test('a spec of it that cannot be read is written anew, and without an exporter there is nothing to tell', async () => {
    const after = sized(5, 2);
    await using fake = await fakeObjects(renderObjects(sized(5, 1)));
    const map = fake.objects.get('configmaps/events-exporter')!;
    fake.objects.set('configmaps/events-exporter', { ...map, data: { 'spec.json': '{' } });
    await tellExporter({ kube: fake.kube, spec: after, signal }, 5);
    expect(specOf(fake.objects)).toMatchObject({ brokers: 5, tolerance: 2 });
    const told = fake.changes().length;
    await tellExporter({ kube: fake.kube, spec: { ...after, metrics: null }, signal }, 5);
    expect(fake.changes()).toHaveLength(told);
  });

  test('the file is what it expects once nothing is left to be moved or removed', async () => {
    const [before, after] = [sized(5, 1), sized(7, 2)];
    await using fake = await fakeObjects(renderObjects(before));
    const apply = async (isFinal: boolean) => {
      const cluster = { kube: fake.kube, spec: after, signal };
      const applying = applyBrokers(cluster, { brokers: 7, dynamic: {}, isFinal });
      while ((await applying.next()).done !== true);
      return specOf(fake.objects);
    };
    expect(await apply(false)).toMatchObject({ brokers: 5, tolerance: 1 });
    expect(fake.objects.has('deployments/events-exporter')).toBe(true);
    expect(fake.objects.get('statefulsets/events-kafka')).toMatchObject({ spec: { replicas: 7 } });
    expect(await apply(true)).toMatchObject({ brokers: 7, tolerance: 2, replication: five });
  });
});
