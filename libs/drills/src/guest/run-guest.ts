import { KafkaHaError, waitFor } from '@kafka-ha/base';
import {
  deleteObject,
  listObjects,
  refOf,
  request,
  type KubeObject,
  type Pod,
  type Selection,
} from '@kafka-ha/kube';
import { type Cluster, type FencedCluster, withSignal } from '@kafka-ha/cluster';
import { guestStatus } from './guest-end.ts';
import { guestLabels, type GuestComponent } from '@kafka-ha/manifests';

const startDeadlineMs = 90_000;
const goneDeadlineMs = 30_000;

/** Creates the Job of a guest and waits until its pod has started. */
export async function startGuest(cluster: FencedCluster, job: KubeObject): Promise<Pod> {
  const { kube, spec } = cluster;
  await request(kube, {
    method: 'POST',
    path: `/apis/batch/v1/namespaces/${spec.namespace}/jobs`,
    body: job,
    what: `create Job ${spec.namespace}/${job.metadata.name}`,
    signal: cluster.signal,
  });
  let seen: Pod | undefined;
  return await waitFor(
    () => `${job.metadata.name} to run: its pod ${whyNotRunning(seen)}`,
    async (probeSignal) => {
      seen = await podOfJob(withSignal(cluster, probeSignal), job.metadata.name);
      const { phase = 'Pending' } = seen?.status ?? {};
      return phase === 'Pending' ? undefined : seen;
    },
    { deadlineMs: startDeadlineMs, intervalMs: 500, signal: cluster.signal, clock: kube.clock },
  );
}

export async function podOfJob({ kube, spec, signal }: Cluster, job: string): Promise<Pod | undefined> {
  const labelSelector = `batch.kubernetes.io/job-name=${job}`;
  const query = { apiVersion: 'v1', kind: 'Pod', namespace: spec.namespace, labelSelector };
  const [pod] = await listObjects<Pod>(kube, query, { signal });
  return pod;
}

/** How a guest's pod ended that should not have, with the last lines that it said. */
export function guestFailed(
  component: GuestComponent,
  pod: Pick<Pod, 'status'>,
  lines: readonly string[],
): KafkaHaError {
  const what = component === 'bench' ? 'The producer' : 'The load';
  const ended = guestStatus(component, pod)?.terminated;
  const how = ended === undefined ? '' : ` with exit code ${ended.exitCode} (${ended.reason ?? 'Error'})`;
  return new KafkaHaError('pod-failed', `${what} ended${how}.`, { details: lines.slice(-20) });
}

/** Removes every guest of an operation, also what an earlier run left; resolves when their pods are gone. */
export async function removeGuests(cluster: FencedCluster, component: GuestComponent): Promise<void> {
  const { kube } = cluster;
  const ours = (kind: Pick<Selection, 'apiVersion' | 'kind'>, signal: AbortSignal) =>
    listObjects(kube, { ...kind, ...selectionOf(cluster, component) }, { signal });
  for (const kind of [
    { apiVersion: 'batch/v1', kind: 'Job' },
    { apiVersion: 'v1', kind: 'ConfigMap' },
  ])
    for (const object of await ours(kind, cluster.signal))
      await deleteObject(kube, refOf(object), { signal: cluster.signal });
  await waitFor(
    `the pods of the ${component} to be gone`,
    async (probeSignal) => (await ours({ apiVersion: 'v1', kind: 'Pod' }, probeSignal)).length === 0,
    { deadlineMs: goneDeadlineMs, intervalMs: 250, signal: cluster.signal, clock: kube.clock },
  );
}

function selectionOf({ spec }: Cluster, component: GuestComponent) {
  const labelSelector = Object.entries(guestLabels(spec, component))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  return { namespace: spec.namespace, labelSelector };
}

function whyNotRunning(pod: Pod | undefined): string {
  if (pod === undefined) return 'does not exist yet';
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled !== undefined) return `is not scheduled: ${unscheduled.message ?? unscheduled.reason}`;
  const waiting = pod.status?.containerStatuses?.find(({ state }) => state?.waiting)?.state?.waiting;
  return waiting === undefined ? 'is starting' : `waits: ${waiting.message ?? waiting.reason}`;
}
