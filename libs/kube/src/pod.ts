import type { KubeObject } from './kube-object.ts';

/** The fields of a Pod that this project reads. */
export type Pod = KubeObject & {
  spec: { nodeName?: string; containers: { name: string }[]; [field: string]: unknown };
  status?: {
    phase?: string;
    podIP?: string;
    conditions?: PodCondition[];
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
  };
};

export type PodCondition = {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
};

export type ContainerStatus = {
  name: string;
  ready: boolean;
  started?: boolean;
  restartCount: number;
  image?: string;
  /** As they are in force. */
  resources?: { requests?: Record<string, string> };
  state?: ContainerState;
  lastState?: ContainerState;
};

export type ContainerState = {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    exitCode: number;
    reason?: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
  };
};

export function isReady(pod: Pod): boolean {
  return (
    pod.metadata.deletionTimestamp === undefined &&
    (pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false)
  );
}
