import type { ClusterFile } from './schema/cluster-file.ts';
import { defaultKafka, workloadNode } from './mode/default-versions.ts';
import { protocolOf } from './mode/kafka-version.ts';
import { brokersQuorum } from './mode/quorums.ts';
import type { MetricsSpec, PodSettings, QuorumSpec, Spec } from './spec.ts';

/** A spec before it is proven and sized. */
export type UnsizedSpec = Omit<Spec, 'sizing'>;

/** What follows from a cluster file by itself: replication from the tolerance, images from the versions. */
export function specOf(file: ClusterFile): UnsizedSpec {
  const { tolerance, replication, ingest, resources, storage, images, objectives } = file;
  const versions = { ...file.versions, kafka: file.versions.kafka ?? defaultKafka[file.mode] };
  return {
    mode: file.mode,
    name: file.name,
    namespace: file.namespace,
    brokers: file.brokers,
    tolerance,
    replication: {
      factor: replication.factor ?? 2 * tolerance + 1,
      minInSync: replication.minInSync ?? tolerance + 1,
    },
    zookeeper: quorumSpec(file.zookeeper),
    controllers: quorumSpec(file.controllers),
    ingest: {
      bytesPerSecond: ingest.rate,
      compression: ingest.compression,
      consumerGroups: ingest.consumerGroups,
    },
    resources: { cpuMillis: resources.cpu, memoryBytes: resources.memory },
    storage: {
      sizeBytes: storage.size,
      retentionSeconds: storage.retention && storage.retention / 1_000,
      class: storage.class,
      bytesPerSecond: storage.throughput,
    },
    placement: file.placement,
    pods: podsOf(file.pods),
    versions: {
      kafka: versions.kafka,
      zookeeper: versions.zookeeper,
      interBrokerProtocol: versions.interBrokerProtocol ?? protocolOf(versions.kafka),
      metadata: versions.metadata ?? protocolOf(versions.kafka),
    },
    images: { ...officialImages(versions), ...images },
    kafkaConfig: file.kafkaConfig,
    metrics: file.metrics === undefined ? null : metricsOf(file.metrics),
    topics: file.topics,
    otherTopics: file.otherTopics,
    objectives: {
      interruptionMs: objectives.interruption,
      plannedInterruptionMs: objectives.plannedInterruption,
    },
  };
}

function metricsOf({ interval, memory, cluster }: NonNullable<ClusterFile['metrics']>): MetricsSpec {
  return {
    intervalMs: interval,
    ...(memory !== undefined && { memoryBytes: memory }),
    ...(cluster !== undefined && { cluster }),
  };
}

/** How many servers keep the metadata; of both kinds those that the brokers go by. */
export function quorumServersOf(spec: Pick<Spec, 'mode' | 'zookeeper' | 'controllers'>): number {
  return spec[brokersQuorum(spec.mode)].servers;
}

function quorumSpec({ servers, resources, storage }: ClusterFile['zookeeper']): QuorumSpec {
  return {
    servers,
    cpuMillis: resources.cpu,
    memoryBytes: resources.memory,
    storageBytes: storage.size,
  };
}

/** What runs where the file names no image: of the exact version, so that no later one takes its place. */
export function officialImages({ kafka, zookeeper }: { kafka: string; zookeeper: string }) {
  return {
    kafka: `apache/kafka:${kafka}`,
    zookeeper: `zookeeper:${zookeeper}`,
    workload: `node:${workloadNode}`,
  };
}

/** Of what the file may name another image. */
export const imageKinds = ['kafka', 'zookeeper', 'workload'] as const;

function podsOf(pods: ClusterFile['pods']): Spec['pods'] {
  return {
    kafka: podSettings(pods, pods.kafka),
    zookeeper: podSettings(pods, pods.zookeeper),
    controller: podSettings(pods, pods.controllers),
    workload: podSettings(pods, pods.workload),
    exporter: podSettings(pods, pods.exporter),
  };
}

function podSettings(all: ClusterFile['pods'], own: ClusterFile['pods']['kafka']): PodSettings {
  return {
    imagePullSecrets: all.imagePullSecrets,
    nodeSelector: { ...all.nodeSelector, ...own.nodeSelector },
    tolerations: own.tolerations ?? all.tolerations ?? [],
    priorityClassName: own.priorityClassName ?? all.priorityClassName ?? null,
    labels: { ...all.labels, ...own.labels },
    annotations: { ...all.annotations, ...own.annotations },
  };
}
