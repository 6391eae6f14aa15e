import type { Spec } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/base';
import { type Cluster, readAppliedReplication, readSizeThere } from '@kafka-ha/cluster';
import { refuse, type Refusal } from '../plan/refusal.ts';

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

/** What another command does, or none: a deployment changes neither the size of the cluster nor how often records are kept. */
export async function readSizeRefusals(cluster: Cluster, signal: AbortSignal): Promise<Refusal[]> {
  const { spec } = cluster;
  const [there, applied] = await Promise.all([
    readSizeThere(cluster, signal),
    readAppliedReplication(cluster, signal),
  ]);
  return sizeRefusals(spec, { ...there, ...(applied && { replication: applied }) });
}

/** @throws KafkaHaError `conflict` where the cluster has another size than its file says, or keeps records otherwise. */
export async function refuseOtherSize(cluster: Cluster, signal: AbortSignal): Promise<void> {
  refuse(await readSizeRefusals(cluster, signal));
}

/** How many brokers and ZooKeeper servers there are, and the replication that was applied last; undefined for none. */
export type SizeThere = {
  brokers?: number | undefined;
  servers?: number | undefined;
  replication?: Spec['replication'];
};

export function sizeRefusals(
  spec: Pick<Spec, 'brokers' | 'replication' | 'tolerance' | 'zookeeper'>,
  { brokers, servers, replication }: SizeThere,
): Refusal[] {
  const refusals: Refusal[] = [];
  // One that goes would take its replicas along, and one that comes would get none.
  if (brokers !== undefined && brokers !== spec.brokers)
    refusals.push({
      code: 'conflict',
      why: `the cluster has ${brokers} brokers, and the cluster file says ${spec.brokers}: kafka-ha scale`,
      hint: 'Run `kafka-ha scale`, which moves the replicas, or put the number that is there into the file.',
    });
  // With min.insync.replicas ahead of the replicas one lost broker stops writes, behind them it may take records along.
  if (replication !== undefined && !isSame(replication, spec.replication))
    refusals.push({
      code: 'conflict',
      why: `the cluster keeps ${describe(replication)}, and by the cluster file it would be ${describe(spec.replication)}: kafka-ha scale --tolerance ${spec.tolerance}`,
      hint: `Run \`kafka-ha scale --tolerance ${spec.tolerance}\`, which changes the replicas and what rests on them together, or put into the file what is there.`,
    });
  // Majorities of the old and of the new number need not overlap, and servers that go at once may be a majority.
  if (servers !== undefined && servers !== spec.zookeeper.servers)
    refusals.push({
      code: 'conflict',
      why: `there are ${servers} ZooKeeper servers, and the cluster file says ${spec.zookeeper.servers}: the number of a running ensemble is not changed`,
      hint: `Put ${servers} back into zookeeper.servers. To have another number, make a new cluster.`,
    });
  return refusals;
}

function isSame(a: Spec['replication'], b: Spec['replication']): boolean {
  return a.factor === b.factor && a.minInSync === b.minInSync;
}

function describe({ factor, minInSync }: Spec['replication']): string {
  return `${factor} replicas with min.insync.replicas ${minInSync}`;
}

/**
 * How many brokers the cluster has pods for.
 *
 * @throws KafkaHaError `not-found` where it was never deployed.
 */
export async function brokersNow(cluster: Cluster, signal: AbortSignal): Promise<number> {
  const { brokers } = await readSizeThere(cluster, signal);
  if (brokers !== undefined) return brokers;
  const { name, namespace } = cluster.spec;
  throw new KafkaHaError('not-found', `there is no cluster ${name} in namespace ${namespace}`, {
    hint: 'Run `kafka-ha deploy` with the number of brokers that you want.',
  });
}
