import { formatBytes } from '@kafka-ha/config';
import { count, isKafkaHaError, KafkaHaError, waitFor } from '@kafka-ha/base';
import { getObject, patchObject, refOf, type ObjectRef } from '@kafka-ha/kube';
import { fieldManager, type Component } from '@kafka-ha/manifests';
import {
  bytesIn,
  classOf,
  type Cluster,
  type FencedCluster,
  type PersistentVolumeClaim,
  readClaims,
  wantedBytes,
} from '@kafka-ha/cluster';
import { growthRefusal } from './volume-refusals.ts';

/** A file system grows while its pod runs, in seconds; the disk below it can take a cloud some minutes. */
const grownWithinMs = 600_000;

/**
 * Grows the volumes of all pods in place where the spec asks for larger ones, those too that were kept
 * of removed brokers, and returns once each has its capacity. A claim that waits for a class is given the file's. Nothing to
 * grow: changes nothing.
 *
 * @throws KafkaHaError `kubernetes-refused` where the StorageClass allows no growth, `deadline-exceeded` with the claim and
 * what it says of itself.
 */
export async function* growVolumes(cluster: FencedCluster): AsyncGenerator<string, string> {
  const { spec } = cluster;
  const wanted = (component: Component) => wantedBytes(spec, component);
  const claims = await readClaims(cluster);
  for (const { object } of claims) {
    if (spec.storage.class === null || classOf(object) !== undefined) continue;
    yield `giving ${object.metadata.name} class ${spec.storage.class}`;
    await patchObject(
      cluster.kube,
      refOf(object),
      { spec: { storageClassName: spec.storage.class } },
      { fieldManager, signal: cluster.signal },
    );
  }
  const small = claims.filter(({ component, requestedBytes }) => requestedBytes < wanted(component));
  for (const { object, component } of small) {
    yield `growing ${object.metadata.name} to ${formatBytes(wanted(component))}`;
    await request(cluster, refOf(object), wanted(component));
  }
  for (const { object, component } of claims) yield* awaitCapacity(cluster, refOf(object), wanted(component));
  return small.length === 0 ? 'nothing to grow' : `${count(small.length, 'volume')} grown, no pod restarted`;
}

async function request({ kube, signal }: FencedCluster, ref: ObjectRef, bytes: number): Promise<void> {
  const patch = { spec: { resources: { requests: { storage: String(bytes) } } } };
  try {
    await patchObject(kube, ref, patch, { fieldManager, signal });
  } catch (error) {
    if (!isKafkaHaError(error) || !['forbidden', 'kubernetes-refused'].includes(error.code)) throw error;
    const { hint } = growthRefusal(error.code, error.message);
    throw new KafkaHaError('kubernetes-refused', error.message, {
      details: error.details,
      hint: `${hint} Volumes that have grown already stay so.`,
      cause: error,
    });
  }
}

async function* awaitCapacity(
  { kube, signal }: Cluster,
  ref: ObjectRef,
  bytes: number,
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
