import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { exporterSelector } from './exporter.ts';
import type { JsonObject, KubernetesObject } from './kubernetes-object.ts';
import { prunableKinds, renderObjects } from './render-objects.ts';

type Overrides = NonNullable<Parameters<typeof aSpec>[0]>;

function rendered(overrides: Overrides = {}, program = 'run()'): KubernetesObject[] {
  const spec = aSpec({ metrics: {}, ...overrides });
  return renderObjects({ ...spec, metrics: { ...spec.metrics!, program } });
}

const exporterOf = (objects: KubernetesObject[], kind: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === 'events-exporter');
const templateOf = (objects: KubernetesObject[]) =>
  exporterOf(objects, 'Deployment')?.spec?.['template'] as JsonObject & { metadata: JsonObject };

describe('exporter', () => {
  test('a cluster has an exporter only where its file asks for metrics, and what is not rendered is pruned', () => {
    const kinds = rendered().flatMap(({ apiVersion, kind, metadata }) =>
      metadata.name === 'events-exporter' ? [{ apiVersion, kind }] : [],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['NetworkPolicy', 'ConfigMap', 'Service', 'Deployment']);
    expect(prunableKinds).toEqual(expect.arrayContaining(kinds.map((kind) => expect.objectContaining(kind))));
    expect(renderObjects(aSpec()).map(({ metadata }) => metadata.name)).not.toContain('events-exporter');
  });

  test('its pod has no rights in Kubernetes and what Pod Security `restricted` wants', () => {
    expect(templateOf(rendered())['spec']).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '64Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          },
        },
      ],
    });
  });

  test('thousands of partitions are given more memory, and a heap that leaves room for the program', () => {
    const containerOf = (partitions: number) => {
      const objects = rendered({ topics: [{ name: 'events', partitions }] });
      const { containers } = templateOf(objects)['spec'] as {
        containers: [JsonObject & { command: string[] }];
      };
      return containers[0];
    };
    expect(containerOf(20).command).toContain('--max-old-space-size=28');
    expect(containerOf(10_000)).toMatchObject({ resources: { limits: { memory: '144Mi' } } });
    expect(templateOf(rendered({ metrics: { memory: '256Mi' } }))['spec']).toMatchObject({
      containers: [
        {
          command: expect.arrayContaining(['--max-old-space-size=220']),
          resources: { requests: { memory: '256Mi' }, limits: { memory: '256Mi' } },
        },
      ],
    });
    expect(containerOf(10_000).command).toContain('--max-old-space-size=108');
  });

  test('another program or another file is another pod, and else it stays', () => {
    const annotations = (objects: KubernetesObject[]) => templateOf(objects).metadata['annotations'];
    expect(annotations(rendered())).toEqual(annotations(rendered()));
    expect(annotations(rendered({}, 'run2()'))).not.toEqual(annotations(rendered()));
    expect(annotations(rendered({ brokers: 6 }))).not.toEqual(annotations(rendered()));
  });

  test('it is given the spec without the program, which it is itself', () => {
    const data = exporterOf(rendered(), 'ConfigMap')?.data;
    expect(data?.['exporter.cjs']).toBe('run()');
    expect(JSON.parse(data?.['spec.json'] ?? '')).toMatchObject({
      brokers: 5,
      metrics: { intervalMs: 15_000 },
    });
    expect(data?.['spec.json']).not.toContain('run()');
  });

  test('only namespaces and pods that are labelled for it may scrape it', () => {
    const labelled = { matchLabels: { 'kafka-ha/metrics': 'true' } };
    expect(exporterOf(rendered(), 'NetworkPolicy')?.spec).toEqual({
      podSelector: { matchLabels: exporterSelector({ name: 'events' }) },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: labelled }, { namespaceSelector: {}, podSelector: labelled }],
          ports: [{ port: 9404, protocol: 'TCP' }],
        },
      ],
    });
  });

  test.each([
    ['zookeeper', 2181],
    ['kraft', 9093],
  ] as const)(
    'with mode %s it reaches port %i of the quorum, which it does not without metrics',
    (mode, port) => {
      const peer = { podSelector: { matchLabels: exporterSelector({ name: 'events' }) } };
      const policy = (objects: KubernetesObject[]) =>
        objects.find(
          ({ kind, metadata }) => kind === 'NetworkPolicy' && !metadata.name.match(/kafka|exporter/),
        )?.spec;
      expect(policy(rendered({ mode }))).toMatchObject({
        ingress: expect.arrayContaining([
          { from: expect.arrayContaining([peer]), ports: [{ port, protocol: 'TCP' }] },
        ]),
      });
      expect(JSON.stringify(policy(renderObjects(aSpec({ mode }))))).not.toContain('exporter');
    },
  );

  test('a node that is lost is left soon, beside the taints that the file tolerates', () => {
    const { tolerations } = templateOf(
      rendered({ pods: { exporter: { tolerations: [{ key: 'pool', operator: 'Exists' }] } } }),
    )['spec'] as { tolerations: JsonObject[] };
    expect(tolerations).toMatchObject([
      { key: 'pool' },
      { key: 'node.kubernetes.io/not-ready', tolerationSeconds: 20 },
      { key: 'node.kubernetes.io/unreachable', tolerationSeconds: 20 },
    ]);
  });

  test('without its program nothing is rendered that would replace one that runs', () => {
    expect(() => renderObjects(aSpec({ metrics: {} }))).toThrow('program is missing');
  });
});
