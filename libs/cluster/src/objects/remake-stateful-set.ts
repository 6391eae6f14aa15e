import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import {
  applyObject,
  deleteObject,
  getObject,
  patchObject,
  refOf,
  waitFor,
  type StatefulSet,
} from '@kafka-ha/kube';
import { fieldManager, restartAnnotation, type KubernetesObject } from '@kafka-ha/manifests';
import type { FencedCluster } from '../connect.ts';

/** Its pods are let go by the garbage collector, within a second or two. */
const goneWithinMs = 60_000;
/** Its controller may write to it between reading and deleting. */
const tries = 10;

/**
 * Makes a StatefulSet anew whose template of a volume is to be another, as the API server changes none: it is deleted without
 * its pods, which run on, and made at once; of the same template, they are its own again. What it knows of restarts that
 * were asked for is carried over. Once begun it is to be ended: give the signal that fires only when the lock is lost.
 *
 * @param live as it was when it was compared: whatever somebody has changed since is a conflict.
 */
export async function remakeStatefulSet(
  { kube }: Pick<FencedCluster, 'kube'>,
  { live, desired }: { live: StatefulSet; desired: KubernetesObject },
  lost: AbortSignal,
): Promise<void> {
  const ref = refOf(desired);
  await deleteAsCompared(kube, live, lost);
  await waitFor(
    `StatefulSet ${ref.name} to let go of its pods`,
    async (probe) => {
      const now = await getObject(kube, ref, { signal: probe });
      return now?.metadata.uid !== live.metadata.uid;
    },
    { deadlineMs: goneWithinMs, intervalMs: 100, signal: lost },
  );
  await applyObject(kube, desired, { fieldManager, signal: lost });
  const requested = live.metadata.annotations?.[restartAnnotation];
  if (requested === undefined) return;
  const metadata = { annotations: { [restartAnnotation]: requested } };
  await patchObject(kube, ref, { metadata }, { fieldManager: 'kafka-ha-restart', signal: lost });
}

/** What only its controller has written since, its status, is no reason to stop. */
async function deleteAsCompared(
  kube: FencedCluster['kube'],
  live: StatefulSet,
  signal: AbortSignal,
): Promise<void> {
  const ref = refOf(live);
  const { uid, generation } = live.metadata;
  let { resourceVersion } = live.metadata;
  for (let left = tries; ; left -= 1) {
    try {
      const preconditions = { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) };
      await deleteObject(kube, ref, { propagationPolicy: 'Orphan', preconditions, signal });
      return;
    } catch (error) {
      if (!isKafkaHaError(error) || error.code !== 'conflict' || left === 1) throw error;
      const now = await getObject<StatefulSet>(kube, ref, { signal });
      if (now?.metadata.uid !== uid || now?.metadata.generation !== generation)
        throw new KafkaHaError('conflict', `somebody else changes StatefulSet ${ref.name}`, {
          hint: 'See who does, and run the same command again.',
          cause: error,
        });
      ({ resourceVersion } = now!.metadata);
    }
  }
}
