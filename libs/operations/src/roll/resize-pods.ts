import { isKafkaHaError, readUntil } from '@kafka-ha/base';
import type { PodState } from '@kafka-ha/health';
import { getObject, patchObject, resizePod, type ContainerRequests, type Pod } from '@kafka-ha/kube';
import type { Component, JsonObject } from '@kafka-ha/manifests';
import { fieldChanges, isResize } from '@kafka-ha/planning';
import {
  type Cluster,
  type FencedCluster,
  type Members,
  readMembers,
  revisionTemplate,
  podRef,
} from '@kafka-ha/cluster';

/** A kubelet looks at its pods every second or so; one that has no room says so as soon. */
const resizedWithinMs = 30_000;
const pollMs = 200;

/**
 * Gives the pods that differ from the latest revision by their CPU request alone the new one while they run, and has them
 * count as of that revision. Those for which that cannot be done, by an older Kubernetes or on a full node, are left to be
 * replaced.
 *
 * @returns the names of those that were resized.
 */
export async function* resizePods(
  cluster: FencedCluster,
  component: Component,
): AsyncGenerator<string, string[]> {
  const members = await readMembers(cluster, component);
  if (members === undefined) return [];
  const resized: string[] = [];
  for (const [pod, wanted] of await resizable(cluster, members)) {
    yield `${pod.name} gets another CPU request, without a restart`;
    if (!(await resize(cluster, pod, wanted))) continue;
    await countAs(cluster, pod, members.statefulSet.updateRevision);
    resized.push(pod.name);
  }
  return resized;
}

/** The pods that run and need nothing but another CPU request, and which. */
export async function resizable(
  cluster: Cluster,
  { statefulSet: { updateRevision }, pods }: Members,
): Promise<Map<PodState, ContainerRequests[]>> {
  const former = pods.filter(
    ({ revision, ready, deleting }) => revision !== updateRevision && ready && !deleting,
  );
  if (former.length === 0) return new Map();
  const latest = await revisionTemplate(cluster, updateRevision);
  const wanted = new Map<string, ContainerRequests[] | undefined>();
  for (const revision of new Set(former.map((pod) => pod.revision)))
    wanted.set(revision, cpuAlone(await revisionTemplate(cluster, revision), latest));
  return new Map(
    former.flatMap((pod) => {
      const requests = wanted.get(pod.revision);
      return requests === undefined ? [] : [[pod, requests] as const];
    }),
  );
}

/** What the latest template promises each container; undefined where more than that differs, or one is not known. */
function cpuAlone(
  former: JsonObject | undefined,
  latest: JsonObject | undefined,
): ContainerRequests[] | undefined {
  if (former === undefined || latest === undefined || !isResize(fieldChanges(former, latest)))
    return undefined;
  const { containers } = latest['spec'] as unknown as { containers: ContainerRequests[] };
  return containers.map(({ name, resources: { requests } }) => ({
    name,
    resources: { requests: { cpu: requests.cpu } },
  }));
}

/** False where Kubernetes does not do it. */
async function resize(
  { kube, spec: { namespace }, signal }: FencedCluster,
  { name, uid }: PodState,
  requests: readonly ContainerRequests[],
): Promise<boolean> {
  const ref = podRef({ namespace }, name);
  try {
    await resizePod(kube, ref, requests, { signal });
  } catch (error) {
    if (isKafkaHaError(error) && ['not-found', 'kubernetes-refused', 'forbidden'].includes(error.code))
      return false;
    throw error;
  }
  const readStatus = async () => {
    const pod = await getObject<Pod>(kube, ref, { signal });
    return pod === undefined || pod.metadata.uid !== uid ? 'gone' : statusOf(pod, requests);
  };
  const status = await readUntil(readStatus, (read) => read !== 'under way', {
    deadlineMs: resizedWithinMs,
    intervalMs: pollMs,
    signal,
    clock: kube.clock,
  });
  return status === 'done';
}

function statusOf({ status }: Pod, wanted: readonly ContainerRequests[]): 'done' | 'refused' | 'under way' {
  const has = (type: string) =>
    status?.conditions?.some((each) => each.type === type && each.status === 'True');
  if (has('PodResizePending')) return 'refused';
  if (has('PodResizeInProgress')) return 'under way';
  const cpuOf = (name: string) =>
    status?.containerStatuses?.find((each) => each.name === name)?.resources?.requests?.['cpu'];
  return wanted.every(({ name, resources }) => cpuOf(name) === resources.requests.cpu) ? 'done' : 'under way';
}

/** By this label a StatefulSet's controller tells which revision a pod is of, and so does a roll. */
async function countAs(
  { kube, spec: { namespace }, signal }: FencedCluster,
  { name }: PodState,
  revision: string,
): Promise<void> {
  const ref = podRef({ namespace }, name);
  const labels = { 'controller-revision-hash': revision };
  await patchObject(kube, ref, { metadata: { labels } }, { fieldManager: 'kafka-ha-resize', signal });
}
