import type { Spec } from '@kafka-ha/config';
import type { ExporterPod, PodState, PodStatus } from '@kafka-ha/health';
import { listObjects } from '@kafka-ha/kube';
import { componentsOf, exporterSelector, names, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { containerOf } from './container-of.ts';
import { membersQuery } from '../refs.ts';

/** The pods of the cluster's StatefulSets, brokers first, by ordinal. */
export async function readPods(cluster: Cluster): Promise<PodState[]> {
  return membersIn(cluster.spec, await listPods(cluster));
}

/** The same, and the exporter's pods beside them, of one listing. */
export async function readPodsAndExporter(
  cluster: Cluster,
): Promise<{ pods: PodState[]; exporter: ExporterPod[] }> {
  const pods = await listPods(cluster);
  const label = Object.entries(exporterSelector(cluster.spec));
  const isExporter = ({ metadata }: RawPod) =>
    label.every(([key, value]) => metadata.labels?.[key] === value);
  const now = cluster.kube.clock.wallTime();
  return {
    pods: membersIn(cluster.spec, pods),
    exporter: pods.filter(isExporter).map((pod) => toExporterPod(pod, now)),
  };
}

/** Those of one component by ordinal, whether a cluster of this mode has it or not. */
export async function readPodsOf(cluster: Cluster, component: Component): Promise<PodState[]> {
  return podsOf(await listPods(cluster), component, names(cluster.spec)[component]);
}

function membersIn(spec: Spec, pods: RawPod[]): PodState[] {
  return componentsOf(spec)
    .toReversed()
    .flatMap((component) => podsOf(pods, component, names(spec)[component]));
}

async function listPods({ kube, spec, signal }: Cluster): Promise<RawPod[]> {
  return (await listObjects(kube, membersQuery(spec, 'Pod'), { signal })) as unknown as RawPod[];
}

export type RawPod = {
  metadata: {
    name: string;
    uid: string;
    labels?: Record<string, string>;
    creationTimestamp?: string;
    deletionTimestamp?: string;
  };
  spec: { nodeName?: string };
  status: {
    phase?: string;
    conditions?: RawCondition[];
    containerStatuses?: RawContainerStatus[];
  };
};

type RawCondition = {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
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
export function toPodState(pod: RawPod, component: Component, ordinal: number): PodState {
  const { metadata, status } = pod;
  const startedAt = containerOf(component, status)?.state?.running?.startedAt;
  return {
    ...statusOf(pod, component),
    uid: metadata.uid,
    component,
    ordinal,
    zone: metadata.labels?.['topology.kubernetes.io/zone'] ?? null,
    revision: metadata.labels?.['controller-revision-hash'] ?? '',
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

function toExporterPod(pod: RawPod, now: number): ExporterPod {
  const status = statusOf(pod, 'exporter');
  const since = readinessOf(pod)?.lastTransitionTime ?? pod.metadata.creationTimestamp;
  const notReadyForMs = status.ready || since === undefined ? 0 : Math.max(0, now - Date.parse(since));
  return { ...status, notReadyForMs };
}

function readinessOf({ status }: RawPod): RawCondition | undefined {
  return status.conditions?.find(({ type }) => type === 'Ready');
}

function statusOf(pod: RawPod, name: Component | 'exporter'): PodStatus {
  const { metadata, spec, status } = pod;
  const container = containerOf(name, status);
  const terminated = container?.lastState?.terminated;
  return {
    name: metadata.name,
    phase: status.phase ?? 'Unknown',
    ready: readinessOf(pod)?.status === 'True',
    node: spec.nodeName ?? null,
    restarts: container?.restartCount ?? 0,
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
