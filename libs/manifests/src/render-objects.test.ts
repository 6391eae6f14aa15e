import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import fc from 'fast-check';
import type { KubernetesObject } from './kubernetes-object.ts';
import { clusterLabels } from './labels.ts';
import { prunableKinds, renderObjects } from './render-objects.ts';
import { renderServiceAccounts } from './service-accounts.ts';

type Overrides = NonNullable<Parameters<typeof aSpec>[0]>;

/** Cluster files of all sizes and placements, up to the longest name that is allowed. */
const clusterFile: fc.Arbitrary<Overrides> = fc
  .record({
    mode: fc.constantFrom('zookeeper', 'kraft'),
    name: fc.constantFrom('a', 'events', 'x'.repeat(40)),
    namespace: fc.constantFrom('kafka', 'n'.repeat(63)),
    tolerance: fc.constantFrom(1, 2, 3),
    spare: fc.nat({ max: 4 }),
    servers: fc.constantFrom(3, 5),
    brokersPerNode: fc.constantFrom(1, 2, 3),
    separate: fc.constantFrom('required', 'preferred', 'none'),
    storageClass: fc.option(fc.constant('fast')),
  })
  .map(({ mode, tolerance, spare, servers, storageClass, brokersPerNode, separate, ...rest }) => ({
    ...rest,
    mode,
    tolerance,
    brokers: 2 * tolerance + 1 + spare,
    [mode === 'kraft' ? 'controllers' : 'zookeeper']: { servers },
    storage: { size: '100Gi', class: storageClass },
    // A lost node may not cost more than the tolerance.
    placement: {
      brokersPerNode: Math.min(brokersPerNode, tolerance),
      [mode === 'kraft' ? 'separateControllers' : 'separateZookeeper']: separate,
    },
  }));

function forAnyCluster(check: (objects: KubernetesObject[], overrides: Overrides) => void): void {
  fc.assert(
    fc.property(clusterFile, (overrides) => check(renderObjects(aSpec(overrides)), overrides)),
    { numRuns: 20 },
  );
}

describe('renderObjects', () => {
  test('all are in the namespace of the cluster and carry its labels', () => {
    forAnyCluster((objects, { name = '', namespace }) => {
      for (const { metadata } of objects) {
        expect(metadata.namespace).toBe(namespace);
        expect(metadata.labels).toMatchObject(clusterLabels({ name }));
      }
    });
  });

  test('names are such as Kubernetes takes, also those that it makes from them, and no two are the same', () => {
    forAnyCluster((objects) => {
      for (const { kind, metadata } of objects) {
        expect(metadata.name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
        // The controller appends a hyphen and a hash of up to 10 characters in a label of every pod.
        expect(metadata.name.length).toBeLessThanOrEqual(kind === 'StatefulSet' ? 52 : 63);
      }
      expect(new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(
        objects.length,
      );
    });
  });

  test('labels are such as Kubernetes takes', () => {
    forAnyCluster((objects) => {
      for (const value of valuesOf(objects, 'matchLabels')
        .concat(valuesOf(objects, 'labels'))
        .flatMap(Object.values))
        expect(value).toMatch(/^(?=.{0,63}$)([a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?)?$/);
    });
  });

  test('they are plain JSON, the same each time', () => {
    forAnyCluster((objects, overrides) => {
      expect(JSON.parse(JSON.stringify(objects))).toStrictEqual(objects);
      expect(renderObjects(aSpec(overrides))).toStrictEqual(objects);
    });
  });

  test('what pods need comes before them, what keeps the metadata before the brokers', () => {
    forAnyCluster((objects, { name, mode }) => {
      expect(objects.slice(-2).map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
        ['StatefulSet', `${name}-${mode === 'kraft' ? 'controller' : 'zookeeper'}`],
        ['StatefulSet', `${name}-kafka`],
      ]);
      expect(objects.slice(0, -2).map(({ kind }) => kind)).not.toContain('StatefulSet');
    });
  });

  test('whatever a pod refers to is rendered', () => {
    forAnyCluster((objects, overrides) => {
      const accounts = renderServiceAccounts(aSpec(overrides));
      const named = (kind: string) =>
        [...objects, ...accounts].filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
      expect(named('ServiceAccount')).toEqual(
        expect.arrayContaining(valuesOf(objects, 'serviceAccountName')),
      );
      expect(named('Service')).toEqual(expect.arrayContaining(valuesOf(objects, 'serviceName')));
      const configMaps = valuesOf(objects, 'configMap') as unknown as { name: string }[];
      // But for what applications read, each is there for a pod.
      const forPods = named('ConfigMap').filter((name) => name !== `${overrides.name}-client`);
      expect(named('ConfigMap')).toHaveLength(forPods.length + 1);
      expect(new Set(forPods)).toEqual(new Set(configMaps.map(({ name }) => name)));
    });
  });

  test('every broker has an address of its own, and a broker that goes leaves its Service to be pruned', () => {
    const services = (brokers: number) =>
      renderObjects(aSpec({ name: 'a', brokers, tolerance: 1 })).filter(({ kind }) => kind === 'Service');
    expect(services(4).length - services(3).length).toBe(1);
    expect(services(4).find(({ metadata }) => metadata.name === 'a-kafka-3')?.spec).toMatchObject({
      selector: { 'statefulset.kubernetes.io/pod-name': 'a-kafka-3' },
      ports: [{ port: 9092, targetPort: 'clients' }],
    });
    expect(prunableKinds).toContainEqual({ apiVersion: 'v1', kind: 'Service' });
  });

  test('every Service but the bootstrap address leads to pods that are not ready', () => {
    const services = renderObjects(aSpec({ name: 'a', brokers: 3, tolerance: 1 })).filter(
      ({ kind }) => kind === 'Service',
    );
    const readyOnly = services.filter(({ spec }) => spec?.['publishNotReadyAddresses'] !== true);
    expect(readyOnly.map(({ metadata }) => metadata.name)).toEqual(['a-kafka-bootstrap']);
    const headless = services.filter(({ spec }) => spec?.['clusterIP'] === 'None');
    expect(headless.map(({ metadata }) => metadata.name)).toEqual([
      'a-zookeeper-headless',
      'a-kafka-headless',
    ]);
  });

  test('no volume, no StatefulSet and no account is ever pruned', () => {
    const kinds = prunableKinds.map(({ kind }): string => kind);
    expect(kinds).not.toContain('PersistentVolumeClaim');
    expect(kinds).not.toContain('StatefulSet');
    expect(kinds).not.toContain('ServiceAccount');
    const metrics = { intervalMs: 15_000, program: '' };
    const others = renderObjects({ ...aSpec(), metrics }).filter(({ kind }) => kind !== 'StatefulSet');
    expect(new Set(others.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))).toEqual(
      new Set(prunableKinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)),
    );
  });

  /** The values of a key, wherever it stands. */
  function valuesOf(value: unknown, wanted: string): object[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, field]) => [
      ...(key === wanted ? [field as object] : []),
      ...valuesOf(field, wanted),
    ]);
  }
});
