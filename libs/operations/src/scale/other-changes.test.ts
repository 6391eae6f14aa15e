import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { Spec } from '@kafka-ha/config';
import { renderObjects } from '@kafka-ha/manifests';
import { fieldChanges, type ObjectChange } from '@kafka-ha/planning';
import { otherChanges } from './other-changes.ts';

/** As a dry run of the API server's would tell it. */
function changesBetween(before: Spec, after: Spec): ObjectChange[] {
  const label = ({ kind, metadata }: { kind: string; metadata: { name: string } }) =>
    `${kind} ${metadata.name}`;
  const old = new Map(renderObjects(before).map((object) => [label(object), object]));
  return renderObjects(after).flatMap((object): ObjectChange[] => {
    const there = old.get(label(object));
    if (there === undefined) return [{ kind: 'create', object: label(object) }];
    const fields = fieldChanges(there, object);
    return fields.length === 0 ? [] : [{ kind: 'change', object: label(object), fields }];
  });
}

/** With the program that a version of this project has. */
function withExporter(overrides: Parameters<typeof aSpec>[0], program = 'run()\n'): Spec {
  const spec = aSpec({ metrics: {}, ...overrides });
  return { ...spec, metrics: { ...spec.metrics!, program } };
}

const large = { storage: { size: '50Gi' }, topics: [{ name: 'orders', partitions: 200 }] };

describe('otherChanges', () => {
  test.each([
    [5, 1, 6, 1],
    [5, 2, 9, 2],
    [5, 1, 5, 2],
    [9, 4, 30, 1],
  ])(
    'from %i brokers of tolerance %i to %i of %i nothing differs but what follows from the size',
    (...sizes) => {
      const [brokers, tolerance, toBrokers, toTolerance] = sizes;
      for (const mode of ['zookeeper', 'kraft'] as const) {
        const before = aSpec({ ...large, mode, brokers, tolerance });
        const after = aSpec({ ...large, mode, brokers: toBrokers, tolerance: toTolerance });
        const changes = changesBetween(before, after);
        expect(changes).not.toEqual([]);
        expect(otherChanges(after, changes)).toEqual([]);
      }
    },
  );

  test.each([
    [5, 1, 6, 1],
    [5, 2, 9, 2],
    [5, 1, 5, 2],
    [9, 4, 30, 1],
  ])(
    'nor with an exporter, from %i brokers of tolerance %i to %i of %i, whatever version made it',
    (...sizes) => {
      const [brokers, tolerance, toBrokers, toTolerance] = sizes;
      for (const mode of ['zookeeper', 'kraft'] as const) {
        const before = withExporter({ ...large, mode, brokers, tolerance }, 'run(1)\n');
        const after = withExporter({ ...large, mode, brokers: toBrokers, tolerance: toTolerance });
        const changes = changesBetween(before, after);
        expect(changes.map(({ object }) => object)).toEqual(
          expect.arrayContaining(['ConfigMap events-exporter', 'Deployment events-exporter']),
        );
        expect(otherChanges(after, changes)).toEqual([]);
      }
    },
  );

  test.each<[string, Parameters<typeof aSpec>[0], string]>([
    ['how often it reads', { metrics: { interval: '30s' } }, 'metrics.intervalMs: 15000 → 30000'],
    [
      'a topic that it is to know',
      { topics: [...large.topics, { name: 'payments', partitions: 9 }] },
      'data[spec.json].topics[payments]: nothing → ',
    ],
    ['its image', { images: { workload: 'node:25' } }, 'images.workload: '],
  ])('of an exporter %s is another change', (_, differences, line) => {
    const before = withExporter(large);
    const after = withExporter({ ...large, brokers: 6, ...differences });
    expect(otherChanges(after, changesBetween(before, after)).join('\n')).toContain(line);
  });

  test('so is an exporter that is to come or to go, and a spec of it that somebody has broken', () => {
    const [without, exporter] = [aSpec({ ...large }), withExporter(large)];
    expect(otherChanges(exporter, changesBetween(without, exporter))).toContain(
      'Deployment events-exporter: to be created',
    );
    const fields = [{ path: 'data[spec.json]', from: '{', to: '{}' }];
    const broken: ObjectChange = { kind: 'change', object: 'ConfigMap events-exporter', fields };
    expect(otherChanges(exporter, [broken])).toEqual(['ConfigMap events-exporter: data[spec.json]: { → {}']);
  });

  test.each([
    ['a version', { versions: { kafka: '3.9.1' } }],
    ['a broker setting', { kafkaConfig: { 'num.partitions': 3 } }],
    ['a key that needs no restart', { kafkaConfig: { 'message.max.bytes': 2_000_000 } }],
    ['CPU', { resources: { cpu: 4 } }],
    ['memory', { resources: { memory: '4Gi' } }],
    ['ZooKeeper servers', { zookeeper: { servers: 5 } }],
  ])('%s is another change', (_, differences) => {
    const [before, after] = [aSpec({ ...large }), aSpec({ ...large, ...differences, brokers: 6 })];
    expect(otherChanges(after, changesBetween(before, after))).not.toEqual([]);
  });

  test('so is what the controllers have, and the number of them', () => {
    for (const differences of [
      { controllers: { resources: { memory: '1Gi' } } },
      { controllers: { servers: 5 } },
    ]) {
      const before = aSpec({ ...large, mode: 'kraft' });
      const after = aSpec({ ...large, mode: 'kraft', ...differences, brokers: 6 });
      expect(otherChanges(after, changesBetween(before, after)).join()).toContain('events-controller');
    }
  });
});
