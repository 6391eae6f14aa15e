import { isKafkaHaError, KafkaHaError, readUntil } from '@kafka-ha/base';
import type { PodState } from '@kafka-ha/health';
import {
  deleteObject,
  type Eviction,
  type FencedKube,
  getObject,
  type Moment,
  type Pod,
  tryEviction,
} from '@kafka-ha/kube';
import { type Cluster, type FencedCluster, podRef } from '@kafka-ha/cluster';
import { whileFresh, type Gate } from './gate.ts';

/** Beyond the longest grace period of a pod's own: a node that is gone never confirms. */
const goneWithinMs = 180_000;
const pollMs = 200;
/** The budget's controller counts a pod that is ready within a second; a drain of another node may take minutes. */
const evictedWithinMs = 300_000;
const evictAgainMs = 1_000;

type PodId = Pick<PodState, 'name' | 'uid'>;

/**
 * Deletes a pod that serves nobody and waits until it is gone; its StatefulSet makes another of its name at once. Only this
 * very pod: one that was replaced meanwhile is left as it is.
 *
 * @throws KafkaHaError `deadline-exceeded` where it does not go, as on a node that is away.
 */
export async function replacePod(cluster: FencedCluster, pod: PodId): Promise<void> {
  await deleteThis(cluster.kube, { ...pod, namespace: cluster.spec.namespace }, cluster.signal);
  await untilGone(cluster, pod);
}

/**
 * The same for a pod that serves. It is evicted: the API server itself sees that no drain of a node takes a second one at the
 * same moment, by the disruption budget. Whoever may not evict deletes it instead, and then nobody does. Either is sent
 * only while the reading by which the pod is spare is fresh; else that is made again first.
 *
 * @returns false where the pod is not spare any more: it was left as it is.
 * @throws KafkaHaError `deadline-exceeded` also where the budget allows none for minutes.
 */
export async function* evictPod(
  cluster: FencedCluster,
  pod: PodId,
  gate: Gate,
): AsyncGenerator<string, boolean> {
  const { kube } = cluster;
  const until = kube.clock.now() + evictedWithinMs;
  let readAt = gate.readAt;
  let take: Take = tryEviction;
  let told = false;
  for (;;) {
    const outcome = await takeWhileFresh(cluster, pod, { take, readAt });
    if (outcome === 'stale') {
      const again = await gate.again();
      if (again === undefined) return false;
      if (kube.clock.now() >= until) throw neverFresh(pod.name);
      readAt = again;
    } else if (outcome === 'may not') {
      yield `${pod.name} is deleted: this account may not evict pods, so no disruption budget applies`;
      take = deleteThis;
    } else if (outcome === 'taken') {
      await untilGone(cluster, pod);
      return true;
    } else {
      if (!told) yield `${pod.name} waits: the disruption budget allows no eviction now`;
      told = true;
      if (kube.clock.now() >= until) throw notAllowed(pod.name);
      await kube.clock.sleep(evictAgainMs, cluster.signal);
    }
  }
}

type Take = typeof tryEviction;

async function takeWhileFresh(
  { kube, spec, signal }: FencedCluster,
  pod: PodId,
  { take, readAt }: { take: Take; readAt: Moment },
): Promise<Eviction | 'stale'> {
  const fresh = whileFresh(kube, readAt);
  try {
    return await take(fresh.kube, { ...pod, namespace: spec.namespace }, signal);
  } catch (error) {
    if (fresh.isStale()) return 'stale';
    throw error;
  }
}

async function untilGone({ kube, spec, signal }: Cluster, { name, uid }: PodId): Promise<void> {
  const isGone = (pod: Pod | undefined) => pod?.metadata.uid !== uid;
  const last = await readUntil(() => getObject<Pod>(kube, podRef(spec, name), { signal }), isGone, {
    deadlineMs: goneWithinMs,
    intervalMs: pollMs,
    signal,
    clock: kube.clock,
  });
  if (!isGone(last)) throw stays(name);
}

async function deleteThis(
  kube: FencedKube,
  { namespace, name, uid }: PodId & { namespace: string },
  signal: AbortSignal,
): Promise<'taken'> {
  try {
    const ref = podRef({ namespace }, name);
    await deleteObject(kube, ref, { preconditions: { uid }, signal });
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'conflict') throw error;
  }
  return 'taken';
}

function notAllowed(name: string): KafkaHaError {
  return new KafkaHaError(
    'deadline-exceeded',
    `Waited ${evictedWithinMs / 1000} s for the disruption budget to allow the eviction of ${name}.`,
    { hint: 'Find out which pod is away (kubectl get pods,poddisruptionbudgets), then run this again.' },
  );
}

function neverFresh(name: string): KafkaHaError {
  return new KafkaHaError(
    'deadline-exceeded',
    `For ${evictedWithinMs / 1000} s the lock was renewed too slowly to stop ${name} on a fresh reading of the cluster.`,
    {
      hint: 'Find out why the API server answers so slowly, then run this again: it continues where it stopped.',
    },
  );
}

function stays(name: string): KafkaHaError {
  return new KafkaHaError('deadline-exceeded', `Waited ${goneWithinMs / 1000} s for pod ${name} to go.`, {
    hint: `If its node is gone for good, tell Kubernetes: kubectl delete node, or kubectl delete pod ${name} --force.`,
  });
}
