import type { Spec } from '@kafka-ha/config';
import type { KubeObject } from '@kafka-ha/kube';
import {
  clientTerms,
  bootstrapHost,
  brokerHost,
  guestContainer,
  guestJob,
  guestLabels,
  kafkaPorts,
  ordinals,
} from '@kafka-ha/manifests';
import { drillTopic } from '../drill-topic.ts';
import { javaContainer, javaFiles, jvmPort } from './java-client.ts';

/** The steady load of a drill. */
export type DrillLoad = {
  partitions: number;
  /** Writes per second and partition. */
  ratePerSecond: number;
  recordBytes: number;
  /** Whether the brokers drop the second copy of a retried write. */
  idempotent: boolean;
  /** How many consumers read as a group beside the writer, and commit; 0 for none. */
  consumers: number;
};

/** The least from which a killed broker's every partition is felt, at a load that a laptop carries beside the cluster. */
export const defaultLoad: DrillLoad = {
  partitions: 20,
  ratePerSecond: 10,
  recordBytes: 200,
  idempotent: true,
  consumers: 2,
};

/** Longer than any drill: Kubernetes ends a load then whose drill nobody ends any more. */
export const loadDeadlineSeconds = 30 * 60;
const program = 'workload.cjs';
const programFolder = '/workload';
/** Where the load keeps its history, with room for twice what is let begin. */
export const historyPath = '/history/lines';
const historyRoom = '256Mi';

export type WorkloadOptions = {
  runId: string;
  load: DrillLoad;
  /** The program of the load, for Node. */
  bundle: string;
  /** The classes for Java's client, in base64, where it is to write and read. */
  jar?: string;
  /** The broker that is to coordinate the group of consumers; left out: any. */
  coordinator?: number;
};

/** The program as a ConfigMap, and the Job that runs it. */
export function workloadObjects(
  spec: Spec,
  { runId, load, bundle, jar, coordinator }: WorkloadOptions,
): { configMap: KubeObject; job: KubeObject } {
  const name = `${spec.name}-drill-${runId}`;
  const { ratePerSecond, recordBytes, idempotent, consumers } = load;
  const java = jar === undefined ? undefined : javaFiles(spec, { idempotent, jar });
  const brokers = [bootstrapHost(spec), ...ordinals(spec.brokers).map((id) => brokerHost(spec, id))];
  return {
    configMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: spec.namespace, labels: guestLabels(spec, 'drill') },
      data: { [program]: bundle, ...java?.data },
      ...(java && { binaryData: java.binaryData }),
    },
    job: guestJob(spec, {
      name,
      component: 'drill',
      deadlineSeconds: loadDeadlineSeconds,
      container: {
        name: guestContainer.drill,
        image: spec.images.workload,
        memory: '256Mi',
        command: ['node', `${programFolder}/${program}`],
        env: [
          {
            name: 'KAFKA_HA_WORKLOAD',
            value: JSON.stringify({
              run: runId,
              ratePerSecond,
              recordBytes,
              idempotent,
              requestTimeoutMs: clientTerms(spec).requestMs,
              consumers,
              coordinator,
              ...(java && { jvmPort }),
              history: historyPath,
              topic: drillTopic,
              brokers: brokers.map((host) => `${host}:${kafkaPorts.clients}`),
            }),
          },
        ],
        volumeMounts: [
          { name: 'program', mountPath: programFolder, readOnly: true },
          { name: 'history', mountPath: '/history' },
        ],
      },
      ...(java && { beside: [javaContainer(spec, programFolder)] }),
      volumes: [
        { name: 'program', configMap: { name } },
        { name: 'history', emptyDir: { sizeLimit: historyRoom } },
      ],
    }),
  };
}
