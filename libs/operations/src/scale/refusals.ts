import { isMigrating, type Spec } from '@kafka-ha/config';
import { count, KafkaHaError } from '@kafka-ha/base';
import {
  components,
  otherQuorumComponentOf,
  quorumComponentOf,
  type QuorumComponent,
} from '@kafka-ha/manifests';
import { type Cluster, membersThere, readAppliedReplication, readSizeThere } from '@kafka-ha/cluster';
import { readModeRefusals } from '../plan/read-mode-refusals.ts';
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
    `replicas would change from ${factorNow} to ${factor}: then any ${spec.tolerance} brokers may be lost at once, now ${now}`,
    {
      details: [
        `every topic, internal ones too, would have replication factor ${factor} and min.insync.replicas ${minInSync}`,
      ],
      hint: `If you want this, add --tolerance ${spec.tolerance}. Nothing was changed.`,
    },
  );
}

/**
 * In a migration the controllers take over once every broker that there is has registered with them: meanwhile none comes or goes.
 *
 * @throws KafkaHaError `conflict` in the middle of a migration, or where the cluster is in another mode than its file says.
 */
export async function refuseWhileMigrating(cluster: Cluster): Promise<void> {
  refuse(await readModeRefusals(cluster));
  if (!isMigrating(cluster.spec.mode)) return;
  throw new KafkaHaError(
    'conflict',
    'The cluster is in the middle of a migration: its size does not change meanwhile.',
    {
      hint: 'Run kafka-ha migrate --finalize or kafka-ha migrate --back first. Nothing was changed.',
    },
  );
}

/** What another command does, or none: a deployment changes neither the size of the cluster nor how often records are kept. */
export async function readSizeRefusals(cluster: Cluster): Promise<Refusal[]> {
  const { spec } = cluster;
  const other = otherQuorumComponentOf(spec);
  const [there, applied, servers] = await Promise.all([
    readSizeThere(cluster),
    readAppliedReplication(cluster),
    other && membersThere(cluster, other),
  ]);
  return [
    ...sizeRefusals(spec, { ...there, ...(applied && { replication: applied }) }),
    ...(other ? ensembleRefusals(spec, other, servers) : []),
  ];
}

/** @throws KafkaHaError `conflict` where the cluster has another size than its file says, or keeps records otherwise. */
export async function refuseOtherSize(cluster: Cluster): Promise<void> {
  refuse(await readSizeRefusals(cluster));
}

/** How many brokers and servers of the quorum there are, and the replication that was applied last; undefined for none. */
export type SizeThere = {
  brokers?: number | undefined;
  servers?: number | undefined;
  replication?: Spec['replication'];
};

export function sizeRefusals(spec: Spec, { brokers, servers, replication }: SizeThere): Refusal[] {
  const refusals: Refusal[] = [];
  // One that goes would take its replicas along, and one that comes would get none.
  if (brokers !== undefined && brokers !== spec.brokers)
    refusals.push({
      code: 'conflict',
      why: `the cluster has ${brokers} brokers, but the cluster file says ${spec.brokers}: kafka-ha scale`,
      hint: 'Run `kafka-ha scale`, which moves the replicas, or put the present number into the file.',
    });
  // With min.insync.replicas ahead of the replicas one lost broker stops writes, behind them it may take records along.
  if (replication !== undefined && !isSame(replication, spec.replication))
    refusals.push({
      code: 'conflict',
      why: `the cluster has ${describe(replication)}, but the cluster file asks for ${describe(spec.replication)}: kafka-ha scale --tolerance ${spec.tolerance}`,
      hint: `Run \`kafka-ha scale --tolerance ${spec.tolerance}\`, which changes the replicas together with what depends on them, or put the present values into the file.`,
    });
  return [...refusals, ...ensembleRefusals(spec, quorumComponentOf(spec), servers)];
}

/** Majorities of the old and of the new number need not overlap, and servers that go at once may be a majority. */
function ensembleRefusals(spec: Spec, component: QuorumComponent, servers: number | undefined): Refusal[] {
  const { noun, fields, wanted } = components[component];
  const { pods } = wanted(spec);
  if (servers === undefined || servers === pods) return [];
  return [
    {
      code: 'conflict',
      why: `there are ${count(servers, noun)}, but the cluster file says ${pods}; the size of a running ensemble cannot be changed`,
      hint: `Put ${servers} back into ${fields.pods}. For another number, create a new cluster.`,
    },
  ];
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
export async function brokersNow(cluster: Cluster): Promise<number> {
  const { brokers } = await readSizeThere(cluster);
  if (brokers !== undefined) return brokers;
  const { name, namespace } = cluster.spec;
  throw new KafkaHaError('not-found', `there is no cluster ${name} in namespace ${namespace}`, {
    hint: 'Run `kafka-ha deploy` with the number of brokers that you want.',
  });
}
