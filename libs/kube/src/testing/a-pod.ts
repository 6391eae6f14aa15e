import type { ContainerStatus, Pod } from '../pod.ts';
import type { StatefulSet } from '../stateful-set.ts';

export type PodOptions = {
  name?: string;
  ready?: boolean;
  container?: Partial<ContainerStatus>;
  unschedulable?: string;
  deleting?: boolean;
};

/** A pod of the StatefulSet of `aSet`, on a node, its container just started. */
export function aPod(options: PodOptions = {}): Pod {
  const { name = 'events-0', ready = false, container = {}, unschedulable, deleting = false } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'kafka',
      uid: `uid-${name}`,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'events', uid: 'uid-events' }],
      ...(deleting && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: { containers: [{ name: 'kafka' }], ...(unschedulable === undefined && { nodeName: 'node-1' }) },
    status: {
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False' },
        unschedulable === undefined
          ? { type: 'PodScheduled', status: 'True' }
          : { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: unschedulable },
      ],
      containerStatuses: [{ name: 'kafka', ready, restartCount: 0, state: { running: {} }, ...container }],
    },
  };
}

export function aSet({ replicas = 1, observed = true } = {}): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'events', namespace: 'kafka', uid: 'uid-events', generation: 2 },
    spec: { replicas, selector: { matchLabels: { app: 'events' } } },
    status: { observedGeneration: observed ? 2 : 1 },
  };
}

/** A container between two runs. */
export function crashed(restartCount: number, exitCode = 1): Partial<ContainerStatus> {
  const lastState = { terminated: { exitCode, reason: 'Error' } };
  return { restartCount, lastState, state: { waiting: { reason: 'CrashLoopBackOff' } } };
}

/** A container that runs again after a crash. */
export function restarted(restartCount: number, exitCode = 1): Partial<ContainerStatus> {
  return { restartCount, lastState: { terminated: { exitCode, reason: 'Error' } }, state: { running: {} } };
}
