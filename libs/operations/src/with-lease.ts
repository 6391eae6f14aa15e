import type { StepEvent } from '@kafka-ha/events';
import { acquireLease } from '@kafka-ha/kube';
import { names } from '@kafka-ha/manifests';
import type { Cluster } from './connect.ts';

/** Who runs an operation, for the person who meets the lock: a user at a host, or the URL of a workflow run. */
export type Actor = { holder: string };

/** How long the lock of a run that was killed stands: long enough for a slow renewal, short enough to wait out. */
const leaseMs = 30_000;

/**
 * Runs an operation while holding the cluster's Lease, so that no two change one cluster at once. The operation's
 * signal also fires when the Lease is lost.
 *
 * @throws KafkaHaError `lock-held`, naming the holder, when another operation runs.
 */
export async function* withLease(
  { kube, spec }: Cluster,
  options: { actor: Actor; operation: string; signal: AbortSignal },
  work: (signal: AbortSignal) => AsyncGenerator<StepEvent, void>,
): AsyncGenerator<StepEvent, void> {
  await using lease = await acquireLease(kube, {
    namespace: spec.namespace,
    name: names(spec).lease,
    holder: options.actor.holder,
    operation: options.operation,
    ttlMs: leaseMs,
    signal: options.signal,
  });
  yield* work(AbortSignal.any([options.signal, lease.lost]));
}
