import { createHash } from 'node:crypto';
import { KafkaHaError } from '@kafka-ha/base';
import { LEAST_EXPORTER_MEMORY, type Spec } from '@kafka-ha/config';
import type { JsonObject, KubernetesObject, Metadata } from './kubernetes-object.ts';
import { clusterLabels, metricsLabel } from './labels.ts';
import { type ClusterName, names } from './names.ts';
import { awayFromBrokers } from './pod/placement.ts';
import { podSettings } from './pod/pod-settings.ts';
import { containerSecurity, podSecurity } from './pod/security.ts';
import { tcp } from './ports.ts';

/** Free for exporters of Kafka in Prometheus' list of ports, and what Strimzi's rules expect. */
export const exporterPort = 9404;
/** In its ConfigMap: its program, and what it reads the cluster against, as JSON. */
export const exporterFiles = { program: 'exporter.cjs', spec: 'spec.json' } as const;
const programPath = '/exporter';
/** On its pods: a digest of these files. */
export const programAnnotation = 'kafka-ha/program';

const mebibyte = 1024 * 1024;

/**
 * What its pod has, in MiB: as the file says, or 64, and more for thousands of partitions, with each a consumer. Measured with
 * 10,000 partitions, against brokers that were simulated: 61 MiB of its own beside the pages of Node's program, which the kernel
 * may drop. The heap leaves room for these, and for the answers of brokers.
 */
export function exporterMemory({ topics, metrics }: Spec): { memoryMib: number; heapMib: number } {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  const ofPartitions = LEAST_EXPORTER_MEMORY + 8 * mebibyte * Math.floor(partitions / 1000);
  const memoryMib = Math.floor((metrics?.memoryBytes ?? ofPartitions) / mebibyte);
  return { memoryMib, heapMib: memoryMib - 36 };
}

/** The labels of the exporter's pods. */
export function exporterSelector({ name }: Pick<Spec, 'name'>): Record<string, string> {
  return {
    'app.kubernetes.io/component': 'exporter',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/name': 'exporter',
  };
}

/** Whether an object of the cluster is one of the exporter's. */
export function isExporters(cluster: ClusterName, { metadata }: Pick<KubernetesObject, 'metadata'>): boolean {
  return metadata.name === names(cluster).exporter;
}

/** As a peer of a NetworkPolicy, none without an exporter. */
export function exporterPeers(spec: Spec): JsonObject[] {
  return spec.metrics === null ? [] : [{ podSelector: { matchLabels: exporterSelector(spec) } }];
}

/** Its program and spec, its pod, its address, and who may reach it; nothing where the file has no `metrics`. */
export function exporterObjects(spec: Spec): KubernetesObject[] {
  if (spec.metrics === null) return [];
  const { program, ...metrics } = spec.metrics;
  if (program === undefined)
    throw new KafkaHaError('internal', "The exporter's program is missing: nobody has added it to the spec.");
  const data = {
    [exporterFiles.program]: program,
    [exporterFiles.spec]: JSON.stringify({ ...spec, metrics }),
  };
  return [
    networkPolicy(spec),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(spec), data },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(spec),
      spec: {
        selector: exporterSelector(spec),
        ports: [{ name: 'metrics', port: exporterPort, protocol: 'TCP', targetPort: 'metrics' }],
      },
    },
    deployment(spec, data),
  ];
}

/** Whoever is labelled for it may scrape: a namespace, or a pod of any namespace. */
function networkPolicy(spec: Spec): KubernetesObject {
  const labelled = { matchLabels: { [metricsLabel]: 'true' } };
  const from: JsonObject[] = [
    { namespaceSelector: labelled },
    { namespaceSelector: {}, podSelector: labelled },
  ];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(spec),
    spec: {
      podSelector: { matchLabels: exporterSelector(spec) },
      policyTypes: ['Ingress'],
      ingress: [{ from, ports: [tcp(exporterPort)] }],
    },
  };
}

/** A Deployment, not a StatefulSet: on a node that is lost Kubernetes would wait for ever before it makes another pod. */
function deployment(spec: Spec, data: Record<string, string>): KubernetesObject {
  const pods = spec.pods.exporter;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(spec),
    spec: {
      replicas: 1,
      selector: { matchLabels: exporterSelector(spec) },
      template: {
        metadata: {
          labels: { ...pods.labels, ...labels(spec) },
          annotations: { ...annotations(data), ...pods.annotations },
        },
        spec: {
          ...podSettings(pods),
          tolerations: [...pods.tolerations, ...leavesLostNode],
          ...podSpec(spec),
        },
      },
    },
  };
}

/** A node is seldom lost without brokers: who tells of it should be back before anybody has to act. */
const leavesLostNode = ['not-ready', 'unreachable'].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 20,
}));

/** Another program or another file is another pod. Prometheus without an operator finds it by the others. */
function annotations(data: Record<string, string>): Record<string, string> {
  const digest = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
  return {
    [programAnnotation]: digest,
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(exporterPort),
    'prometheus.io/path': '/metrics',
  };
}

function podSpec(spec: Spec): JsonObject {
  const { memoryMib, heapMib } = exporterMemory(spec);
  const answers = { httpGet: { path: '/healthz', port: 'metrics' }, timeoutSeconds: 5 };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 5,
    // A node's loss should not take a broker and who tells of it.
    affinity: awayFromBrokers(spec),
    securityContext: podSecurity,
    containers: [
      {
        name: 'exporter',
        image: spec.images.workload,
        imagePullPolicy: spec.images.pullPolicy,
        command: [
          'node',
          `--max-old-space-size=${heapMib}`,
          '--max-semi-space-size=1',
          `${programPath}/${exporterFiles.program}`,
        ],
        env: [{ name: 'KAFKA_HA_EXPORTER_SPEC', value: `${programPath}/${exporterFiles.spec}` }],
        ports: [{ name: 'metrics', containerPort: exporterPort, protocol: 'TCP' }],
        readinessProbe: { ...answers, periodSeconds: 10 },
        livenessProbe: { ...answers, periodSeconds: 30, failureThreshold: 4 },
        resources: {
          requests: { cpu: '20m', memory: `${memoryMib}Mi` },
          limits: { memory: `${memoryMib}Mi` },
        },
        securityContext: containerSecurity,
        volumeMounts: [{ name: 'program', mountPath: programPath, readOnly: true }],
      },
    ],
    volumes: [{ name: 'program', configMap: { name: names(spec).exporter } }],
  };
}

function labels(spec: Spec): Record<string, string> {
  return { ...clusterLabels(spec), ...exporterSelector(spec) };
}

function metadata(spec: Spec): Metadata {
  return { name: names(spec).exporter, namespace: spec.namespace, labels: labels(spec) };
}
