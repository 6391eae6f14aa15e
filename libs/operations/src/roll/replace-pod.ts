import { isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';
import type { PodState } from '@kafka-ha/health';
import { deleteObject, getObject, type FencedKube, type ObjectRef, type Pod } from '@kafka-ha/kube';
import type { FencedCluster } from '../connect.ts';

/** Beyond the longest grace period of a pod's own: a node that is gone never confirms. */
const goneWithinMs = 180_000;
const pollMs = 200;

/**
 * Deletes a pod and waits until it is gone; its StatefulSet makes another of its name at once. Only this very pod: one
 * that was replaced meanwhile is left as it is.
 *
 * @throws KafkaHaError `deadline-exceeded` where it does not go, as on a node that is away.
 */
export async function replacePod(
  { kube, spec }: FencedCluster,
  { name, uid }: Pick<PodState, 'name' | 'uid'>,
  signal: AbortSignal,
): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace: spec.namespace, name };
  await deleteThis(kube, ref, uid, signal);
  const until = kube.clock.now() + goneWithinMs;
  for (;;) {
    const pod = await getObject<Pod>(kube, ref, { signal });
    if (pod?.metadata.uid !== uid) return;
    if (kube.clock.now() >= until) throw stays(name);
    await kube.clock.sleep(pollMs, signal);
  }
}

async function deleteThis(kube: FencedKube, ref: ObjectRef, uid: string, signal: AbortSignal): Promise<void> {
  try {
    await deleteObject(kube, ref, { preconditions: { uid }, signal });
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'conflict') throw error;
  }
}

function stays(name: string): KafkaHaError {
  return new KafkaHaError('deadline-exceeded', `Waited ${goneWithinMs / 1000} s for pod ${name} to go.`, {
    hint: `If its node is gone for good, say so to Kubernetes: kubectl delete node, or kubectl delete pod ${name} --force.`,
  });
}
