import type { Spec } from '@kafka-ha/config';
import type { JsonObject, KubernetesObject } from '../kubernetes-object.ts';
import { componentLabels, selector, zoneLabel, configAnnotation } from '../labels.ts';
import type { Component } from '../components.ts';
import { dataVolume, names } from '../names.ts';
import { configPath, dataPath, scratchPath } from '../paths.ts';
import { bytesQuantity, cpuQuantity } from '../quantity.ts';
import { podSettings } from './pod-settings.ts';
import { containerSecurity, podSecurity } from './security.ts';

const volumeMounts: JsonObject[] = [
  { name: dataVolume, mountPath: dataPath },
  { name: 'config', mountPath: configPath, readOnly: true },
  { name: 'scratch', mountPath: scratchPath },
];

const securityWithVolume = {
  ...podSecurity,
  fsGroup: 1000,
  // Not at every start: changing the owner of a full volume takes minutes.
  fsGroupChangePolicy: 'OnRootMismatch',
};

export type Member = {
  component: Component;
  replicas: number;
  serviceName: string;
  image: string;
  /** Files of the pod's template by name; `start.sh` runs, with `javaArguments`. */
  files: Readonly<Record<string, string>>;
  /** By name; their keys are files, too. */
  configMaps?: readonly string[];
  javaArguments: readonly string[];
  ports: Readonly<Record<string, number>>;
  probes: { startupProbe: JsonObject; readinessProbe: JsonObject; livenessProbe: JsonObject };
  placement: { affinity?: JsonObject; topologySpreadConstraints: readonly JsonObject[] };
  graceSeconds: number;
  cpuMillis: number;
  memoryBytes: number;
  storageBytes: number;
};

/** What the StatefulSets of all components have in common. */
export function statefulSet(spec: Spec, member: Member): KubernetesObject {
  const labels = componentLabels(spec, member.component);
  const pods = spec.pods[member.component];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: names(spec)[member.component], namespace: spec.namespace, labels },
    spec: {
      replicas: member.replicas,
      serviceName: member.serviceName,
      selector: { matchLabels: selector(spec, member.component) },
      // All at once: with one after the other, a pod whose node is gone keeps all later ones away.
      podManagementPolicy: 'Parallel',
      // Kubernetes knows readiness; whether a pod may go is for this project's roll to say.
      updateStrategy: { type: 'OnDelete' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template: {
        // The cluster's own last: what finds the pods, and what they start with.
        metadata: {
          labels: { ...pods.labels, ...labels },
          annotations: { ...pods.annotations, ...fileAnnotations(member.files) },
        },
        spec: podSpec(spec, member),
      },
      volumeClaimTemplates: [volumeClaim(spec, member, labels)],
    },
  };
}

function podSpec(spec: Spec, member: Member): JsonObject {
  return {
    ...member.placement,
    ...podSettings(spec.pods[member.component]),
    serviceAccountName: names(spec)[member.component],
    automountServiceAccountToken: false,
    // A Service named like a setting would become an environment variable of that name.
    enableServiceLinks: false,
    // A process cannot kill the first of its own namespace: so a drill can, and the JVM is not left to reap orphans.
    shareProcessNamespace: true,
    securityContext: securityWithVolume,
    terminationGracePeriodSeconds: member.graceSeconds,
    containers: [container(spec, member)],
    volumes: podVolumes(Object.keys(member.files), member.configMaps),
  };
}

function container(spec: Spec, member: Member): JsonObject {
  const memory = bytesQuantity(member.memoryBytes);
  return {
    name: member.component,
    image: member.image,
    imagePullPolicy: spec.images.pullPolicy,
    command: ['sh', `${configPath}/start.sh`],
    args: member.javaArguments,
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'ZONE', valueFrom: { fieldRef: { fieldPath: `metadata.labels['${zoneLabel}']` } } },
      // Each thread may get an arena of its own in glibc, which no limit of the JVM's counts.
      { name: 'MALLOC_ARENA_MAX', value: '2' },
    ],
    ports: Object.entries(member.ports).map(([name, containerPort]) => ({
      name,
      containerPort,
      protocol: 'TCP',
    })),
    ...member.probes,
    // No CPU limit: throttled heartbeats and collections look like a death.
    resources: { requests: { cpu: cpuQuantity(member.cpuMillis), memory }, limits: { memory } },
    securityContext: containerSecurity,
    volumeMounts,
  };
}

function volumeClaim(spec: Spec, member: Member, labels: Record<string, string>): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: dataVolume, labels },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: bytesQuantity(member.storageBytes) } },
      ...(spec.storage.class === null ? {} : { storageClassName: spec.storage.class }),
    },
  };
}

/** The pod's files: those of its own template, and those of ConfigMaps. */
function podVolumes(files: readonly string[], configMaps: readonly string[] = []): JsonObject[] {
  const items = files.map((file) => ({
    path: file,
    fieldRef: { fieldPath: `metadata.annotations['${configAnnotation(file)}']` },
  }));
  const sources: JsonObject[] = [
    { downwardAPI: { items } },
    ...configMaps.map((name) => ({ configMap: { name } })),
  ];
  return [
    { name: 'config', projected: { sources } },
    { name: 'scratch', emptyDir: {} },
  ];
}

/** Each file becomes an annotation of the pod. */
function fileAnnotations(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [configAnnotation(file), text]));
}
