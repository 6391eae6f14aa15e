import type { Spec } from '@kafka-ha/config';
import type { KubeObject } from '@kafka-ha/kube';
import { bootstrapHost, clusterLabels, kafkaPorts, nodeLabel, selector } from '@kafka-ha/manifests';

export const recordBytes = 1000;

/** All that a bench makes in Kubernetes has these labels, and nothing else has. */
export function benchLabels(spec: Spec): Record<string, string> {
  return { ...clusterLabels(spec), 'app.kubernetes.io/component': 'bench' };
}

export type ProducerRun = {
  phase: 'warm-up' | 'measure';
  topic: string;
  /** How many to send, as fast as they go. */
  records: number;
  /** Kubernetes ends it then, whatever became of the tool. */
  deadlineSeconds: number;
};

/** Kafka's own ProducerPerformance in a pod of its own: the client that users run, on the same network as they. */
export function producerJob(spec: Spec, run: ProducerRun): KubeObject {
  const labels = benchLabels(spec);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${spec.name}-bench-${run.phase}`, namespace: spec.namespace, labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: run.deadlineSeconds,
      // Should nobody come back to delete it.
      ttlSecondsAfterFinished: 600,
      template: { metadata: { labels }, spec: podSpec(spec, run) },
    },
  };
}

function podSpec(spec: Spec, run: ProducerRun) {
  const memory = '512Mi';
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 5,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    affinity: awayFromBrokers(spec),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'producer',
        image: spec.images.kafka,
        imagePullPolicy: spec.images.pullPolicy,
        command: ['java'],
        args: javaArguments(spec, run),
        // A request that fits anywhere: it takes what CPU is left.
        resources: { requests: { cpu: '100m', memory }, limits: { memory } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
      },
    ],
  };
}

function javaArguments(spec: Spec, { topic, records }: ProducerRun): string[] {
  return [
    '-Xms256m',
    '-Xmx256m',
    // Nothing may be written to the container's file system.
    '-XX:+PerfDisableSharedMem',
    '-cp',
    '/opt/kafka/libs/*',
    'org.apache.kafka.tools.ProducerPerformance',
    '--topic',
    topic,
    '--num-records',
    String(records),
    '--record-size',
    String(recordBytes),
    '--throughput',
    '-1',
    '--producer-props',
    `bootstrap.servers=${bootstrapHost(spec)}:${kafkaPorts.clients}`,
    'acks=all',
    'compression.type=none',
    'batch.size=1048576',
    'linger.ms=20',
    // Room for three batches of each partition: one on its way, one being filled, one waiting.
    'buffer.memory=67108864',
  ];
}

/** A client on a broker's node takes its CPU; where there is no other node it has to. */
function awayFromBrokers(spec: Spec) {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: nodeLabel,
            labelSelector: { matchLabels: selector(spec, 'kafka') },
          },
        },
      ],
    },
  };
}
