import type { Spec } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/errors';
import { getObject, type StatefulSet } from '@kafka-ha/kube';
import { names } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';

/**
 * A change of the replication factor is a change of the promise: nobody is to make it unawares.
 *
 * @throws KafkaHaError `invalid-usage`
 */
export function refuseSilentChange(
  spec: Spec,
  { factorNow, toleranceIsSaid }: { factorNow: number; toleranceIsSaid: boolean },
): void {
  const { factor, minInSync } = spec.replication;
  if (factorNow === factor || toleranceIsSaid) return;
  const now = Math.floor((factorNow - 1) / 2);
  throw new KafkaHaError(
    'invalid-usage',
    `replicas would change from ${factorNow} to ${factor}: then any ${spec.tolerance} brokers may be lost at once, and now it is ${now}`,
    {
      details: [
        `every topic, internal ones too, would have replication factor ${factor} and min.insync.replicas ${minInSync}`,
      ],
      hint: `Say that you mean it: --tolerance ${spec.tolerance}. Nothing was changed.`,
    },
  );
}

/**
 * A deploy does not change the number of brokers: one that goes would take its replicas along, and one that comes would get
 * none.
 *
 * @throws KafkaHaError `conflict`
 */
export async function refuseOtherSize(cluster: Cluster, signal: AbortSignal): Promise<void> {
  const why = await readOtherSize(cluster, signal);
  if (why === undefined) return;
  throw new KafkaHaError('conflict', why, {
    hint: 'Run `kafka-ha scale`, which moves the replicas, or put the number that is there into the file. Nothing was changed.',
  });
}

/** A sentence where the cluster has another number of brokers than its file says; nothing before the first deploy. */
export async function readOtherSize(cluster: Cluster, signal: AbortSignal): Promise<string | undefined> {
  const wanted = cluster.spec.brokers;
  const there = await brokersThere(cluster, signal);
  if (there === undefined || there === wanted) return undefined;
  return `the cluster has ${there} brokers, and the cluster file says ${wanted}`;
}

/**
 * How many brokers the cluster has pods for.
 *
 * @throws KafkaHaError `not-found` where it was never deployed.
 */
export async function brokersNow(cluster: Cluster, signal: AbortSignal): Promise<number> {
  const there = await brokersThere(cluster, signal);
  if (there !== undefined) return there;
  const { name, namespace } = cluster.spec;
  throw new KafkaHaError('not-found', `there is no cluster ${name} in namespace ${namespace}`, {
    hint: 'Run `kafka-ha deploy` with the number of brokers that you want.',
  });
}

async function brokersThere({ kube, spec }: Cluster, signal: AbortSignal): Promise<number | undefined> {
  const ref = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: spec.namespace,
    name: names(spec).kafka,
  };
  const set = await getObject<StatefulSet>(kube, ref, { signal });
  return set === undefined ? undefined : (set.spec.replicas ?? 1);
}
