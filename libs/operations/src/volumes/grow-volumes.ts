import { formatBytes } from '@kafka-ha/config';
import { isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';
import type { Component } from '@kafka-ha/health';
import {
  deleteObject,
  getObject,
  patchObject,
  refOf,
  waitFor,
  type ObjectRef,
  type StatefulSet,
} from '@kafka-ha/kube';
import { fieldManager, names } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from '../connect.ts';
import {
  bytesIn,
  readClaims,
  templateBytes,
  wantedBytes,
  type Claim,
  type PersistentVolumeClaim,
} from './volume-claims.ts';

/** A file system grows while its pod runs, in seconds; the disk below it can take a cloud some minutes. */
const grownWithinMs = 600_000;
const goneWithinMs = 60_000;

/**
 * Grows the volumes of brokers and ZooKeeper servers in place where the spec asks for larger ones, those too that were kept
 * of removed brokers. A StatefulSet's template of a volume can never be changed, so it is deleted without its pods, which
 * run on, and whoever applies the cluster's objects next makes it anew: of the same template, the pods are its own again.
 * Nothing to grow: changes nothing.
 *
 * @throws KafkaHaError `kubernetes-refused` where the StorageClass allows no growth, `deadline-exceeded` with the claim and
 * what it says of itself.
 */
export async function* growVolumes(
  cluster: FencedCluster,
  signal: AbortSignal,
): AsyncGenerator<string, string> {
  const { spec } = cluster;
  const wanted = (component: Component) => wantedBytes(spec, component);
  const claims = await readClaims(cluster, signal);
  const small = claims.filter(({ component, requestedBytes }) => requestedBytes < wanted(component));
  for (const { object, component } of small) {
    yield `growing ${object.metadata.name} to ${formatBytes(wanted(component))}`;
    await request(cluster, refOf(object), wanted(component), signal);
  }
  for (const { object, component } of claims)
    yield* awaitCapacity(cluster, refOf(object), wanted(component), signal);
  for (const component of ['zookeeper', 'kafka'] as const)
    yield* dropOldTemplate(cluster, component, wanted(component), signal);
  return small.length === 0 ? 'nothing to grow' : `${small.length} volumes grown, no pod restarted`;
}

/** @throws KafkaHaError `invalid-usage` where a volume is larger than what the file asks for. */
export async function refuseSmallerVolumes(cluster: Cluster, signal: AbortSignal): Promise<void> {
  for (const claim of await readClaims(cluster, signal))
    refuseSmaller(claim, wantedBytes(cluster.spec, claim.component));
}

function refuseSmaller(claim: Claim, wanted: number): void {
  const why = whySmaller(claim, wanted);
  if (why === undefined) return;
  throw new KafkaHaError('invalid-usage', why, {
    hint: `Put ${formatBytes(claim.requestedBytes)} back into the cluster file. To have smaller volumes, make a new cluster. Nothing was changed.`,
  });
}

/** A sentence where a volume is larger than what is wanted. */
export function whySmaller({ object, requestedBytes }: Claim, wanted: number): string | undefined {
  if (requestedBytes <= wanted) return undefined;
  return `volume ${object.metadata.name} has ${formatBytes(requestedBytes)}, and a volume cannot shrink to ${formatBytes(wanted)}`;
}

async function request(
  { kube }: FencedCluster,
  ref: ObjectRef,
  bytes: number,
  signal: AbortSignal,
): Promise<void> {
  const patch = { spec: { resources: { requests: { storage: String(bytes) } } } };
  try {
    await patchObject(kube, ref, patch, { fieldManager, signal });
  } catch (error) {
    if (!isKafkaHaError(error) || !['forbidden', 'kubernetes-refused'].includes(error.code)) throw error;
    throw new KafkaHaError('kubernetes-refused', error.message, {
      details: error.details,
      hint: 'Its StorageClass must allow growth: allowVolumeExpansion: true, and a driver that can. Volumes that have grown already stay so.',
      cause: error,
    });
  }
}

async function* awaitCapacity(
  { kube }: Cluster,
  ref: ObjectRef,
  bytes: number,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  let claim = await getObject<PersistentVolumeClaim>(kube, ref, { signal });
  const isGrown = () => claim?.status?.phase !== 'Bound' || bytesIn(claim.status.capacity?.storage) >= bytes;
  if (isGrown()) return;
  yield `waiting for ${ref.name} to have ${formatBytes(bytes)}`;
  await waitFor(
    () => `${ref.name} to have ${formatBytes(bytes)}${stateOf(claim)}`,
    async (probe) => {
      claim = await getObject<PersistentVolumeClaim>(kube, ref, { signal: probe });
      return isGrown();
    },
    { deadlineMs: grownWithinMs, signal },
  );
}

/** E.g. `: FileSystemResizePending (waiting for its pod)`. */
function stateOf(claim: PersistentVolumeClaim | undefined): string {
  const condition = claim?.status?.conditions?.find(({ status }) => status === 'True');
  if (condition === undefined) return '';
  return `: ${condition.type}${condition.message ? ` (${condition.message})` : ''}`;
}

async function* dropOldTemplate(
  { kube, spec }: FencedCluster,
  component: Component,
  bytes: number,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const ref = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: spec.namespace,
    name: names(spec)[component],
  };
  const set = await getObject<StatefulSet>(kube, ref, { signal });
  if (set === undefined || templateBytes(set) === bytes) return;
  yield `making StatefulSet ${ref.name} anew for larger volumes; its pods run on`;
  await deleteObject(kube, ref, { propagationPolicy: 'Orphan', signal });
  await waitFor(
    `StatefulSet ${ref.name} to let go of its pods`,
    async (probe) => (await getObject(kube, ref, { signal: probe })) === undefined,
    { deadlineMs: goneWithinMs, intervalMs: 200, signal },
  );
}
