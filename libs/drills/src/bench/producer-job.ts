import type { Spec } from '@kafka-ha/config';
import type { KubeObject } from '@kafka-ha/kube';
import { bootstrapHost, guestContainer, guestJob, kafkaPorts } from '@kafka-ha/manifests';

export const recordBytes = 1000;

export type ProducerRun = {
  phase: 'warm-up' | 'measure' | 'beside';
  topic: string;
  /** How many to send. */
  records: number;
  /** How many a second; as fast as they go where it is left out. */
  recordsPerSecond?: number;
  /** Kubernetes ends it then, whatever became of the tool. */
  deadlineSeconds: number;
};

/** Kafka's own ProducerPerformance in a pod of its own: the client that users run, on the same network as they. */
export function producerJob(spec: Spec, run: ProducerRun): KubeObject {
  return guestJob(spec, {
    name: `${spec.name}-bench-${run.phase}`,
    component: 'bench',
    deadlineSeconds: run.deadlineSeconds,
    container: {
      name: guestContainer.bench,
      image: spec.images.kafka,
      memory: '512Mi',
      command: ['java'],
      args: javaArguments(spec, run),
    },
  });
}

function javaArguments(spec: Spec, { topic, records, recordsPerSecond = -1 }: ProducerRun): string[] {
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
    String(recordsPerSecond),
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
