import type { KubeObject } from './kube-object.ts';

/** The fields of a StatefulSet that this project reads. */
export type StatefulSet = KubeObject & {
  spec: {
    replicas?: number;
    selector: { matchLabels?: Record<string, string> };
    updateStrategy?: { type?: string };
    [field: string]: unknown;
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    currentRevision?: string;
    updateRevision?: string;
  };
};

export function replicasOf({ spec }: StatefulSet): number {
  return spec.replicas ?? 1;
}
