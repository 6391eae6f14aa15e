import type { PodState } from '@kafka-ha/health';
import { listObjects } from '@kafka-ha/kube';
import { componentsOf, names, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { containerOf } from './container-of.ts';
import { membersQuery } from '../refs.ts';

/** The pods of the cluster's StatefulSets, brokers first, by ordinal. */
export async function readPods(cluster: Cluster): Promise<PodState[]> {
  const pods = await listPods(cluster);
  return componentsOf(cluster.spec)
    .toReversed()
    .flatMap((component) => podsOf(pods, component, names(cluster.spec)[component]));
}

/** Those of one component by ordinal, whether a cluster of this mode has it or not. */
export async function readPodsOf(cluster: Cluster, component: Component): Promise<PodState[]> {
  return podsOf(await listPods(cluster), component, names(cluster.spec)[component]);
}

async function listPods({ kube, spec, signal }: Cluster): Promise<RawPod[]> {
  return (await listObjects(kube, membersQuery(spec, 'Pod'), { signal })) as unknown as RawPod[];
}

export type RawPod = {
  metadata: { name: string; uid: string; labels?: Record<string, string>; deletionTimestamp?: string };
  spec: { nodeName?: string };
  status: {
    phase?: string;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    containerStatuses?: RawContainerStatus[];
  };
};

type RawContainerStatus = {
  name: string;
  restartCount: number;
  state?: { waiting?: { reason?: string; message?: string }; running?: { startedAt?: string } };
  lastState?: { terminated?: { reason?: string; exitCode?: number } };
};

function podsOf(pods: RawPod[], component: Component, statefulSet: string): PodState[] {
  const prefix = `${statefulSet}-`;
  return pods
    .filter(
      ({ metadata }) => metadata.name.startsWith(prefix) && /^\d+$/.test(metadata.name.slice(prefix.length)),
    )
    .map((pod) => toPodState(pod, component, Number(pod.metadata.name.slice(prefix.length))))
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** What is judged of a pod is the component's own container, whatever runs beside it. */
export function toPodState(
  { metadata, spec, status }: RawPod,
  component: Component,
  ordinal: number,
): PodState {
  const container = containerOf(component, status);
  const startedAt = container?.state?.running?.startedAt;
  const terminated = container?.lastState?.terminated;
  return {
    name: metadata.name,
    uid: metadata.uid,
    component,
    ordinal,
    phase: status.phase ?? 'Unknown',
    ready: status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
    node: spec.nodeName ?? null,
    zone: metadata.labels?.['topology.kubernetes.io/zone'] ?? null,
    revision: metadata.labels?.['controller-revision-hash'] ?? '',
    restarts: container?.restartCount ?? 0,
    ...(startedAt === undefined ? {} : { startedAt }),
    deleting: metadata.deletionTimestamp !== undefined,
    waiting: waitingOf(status, container),
    lastTermination:
      terminated === undefined
        ? null
        : { reason: terminated.reason ?? 'Error', exitCode: terminated.exitCode ?? null },
  };
}

/** What the container waits for or, before there is one, what the scheduler says. */
function waitingOf(status: RawPod['status'], container: RawContainerStatus | undefined): PodState['waiting'] {
  const waiting = container?.state?.waiting;
  if (waiting !== undefined) return { reason: waiting.reason ?? 'Waiting', message: waiting.message ?? null };
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False') return null;
  return { reason: scheduled.reason ?? 'Unschedulable', message: scheduled.message ?? null };
}
