import { setMaxListeners } from 'node:events';
import { runStep, systemClock, type StepEvent } from '@kafka-ha/base';
import { acquireLease } from '@kafka-ha/kube';
import { names } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from './cluster.ts';

/** Who runs an operation, for the person who meets the lock: a user at a host, or the URL of a workflow run. */
export type Actor = { holder: string };

/** The step that `withLease` tells; an operation lists it before those that it does under the lock. */
export const lockStep = { id: 'lock', title: 'Lock the cluster for this operation' };

/** How long the lock of a run that was killed stands: long enough for an API server that restarts, short enough to wait out. */
const leaseMs = 40_000;

/**
 * Runs an operation while holding the cluster's Lease, so that no two change one cluster at once. The cluster that it is
 * handed is the one that it may change: each change is sent only while the Lease is surely held. Its signal fires when somebody
 * stops the operation or the Lease is lost, `stopNow` only when it is lost: what is begun and must not be left half done may
 * heed that alone.
 *
 * @throws KafkaHaError `lock-held`, naming the holder, when another operation runs.
 */
export async function* withLease<Value, Data>(
  { kube, spec, signal }: Cluster,
  options: { actor: Actor; operation: string },
  work: (cluster: FencedCluster, stopNow: AbortSignal) => AsyncGenerator<StepEvent<Data>, Value>,
): AsyncGenerator<StepEvent<Data>, Value> {
  const waits: string[] = [];
  const acquiring = acquireLease(kube, {
    namespace: spec.namespace,
    name: names(spec).lease,
    holder: options.actor.holder,
    operation: options.operation,
    ttlMs: leaseMs,
    onWait: (why) => waits.push(why),
    signal,
  });
  yield* runStep<void, Data>(lockStep.id, () => tellWaits(acquiring, waits));
  await using lease = await acquiring;
  const stopNow = lease.lost;
  const stopSoon = AbortSignal.any([signal, stopNow]);
  // Every connection listens to it, and Node would take more than ten for a leak.
  setMaxListeners(0, stopSoon);
  setMaxListeners(0, stopNow);
  return yield* work({ kube: lease.kube, spec, signal: stopSoon }, stopNow);
}

/** A lock that a killed run left behind is waited out in silence otherwise. */
async function* tellWaits(acquiring: Promise<unknown>, waits: string[]): AsyncGenerator<string, void> {
  let settled = false;
  const settling = acquiring.finally(() => (settled = true));
  settling.catch(() => undefined);
  while (!settled) {
    await Promise.race([settling, systemClock.sleep(200)]);
    for (const why of waits.splice(0)) yield why;
  }
}
