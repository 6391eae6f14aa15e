import { type KafkaConnection, readDisks } from '@kafka-ha/kafka';
import {
  checkNodes,
  type Cluster,
  describeChange,
  readClaims,
  readAppliedKeys,
  readDynamicChanges,
  readLogSizes,
  refuseForeignObjects,
} from '@kafka-ha/cluster';
import {
  chooseThrottle,
  inflowBetween,
  type LogSizes,
  perBroker,
  planMoves,
  type MovePlan,
  type Replicas,
  type ScalePlan,
  usualFactor,
} from '@kafka-ha/planning';
import { KafkaHaError, type Clock } from '@kafka-ha/base';
import { formatBytes, sizeText, type Spec } from '@kafka-ha/config';
import { volumeShares } from '@kafka-ha/health';
import { ordinals } from '@kafka-ha/manifests';
import { awaitWhole } from './await-whole.ts';
import { brokersNow, refuseSilentChange, refuseWhileMigrating } from './refusals.ts';
import { planObjects } from '../plan/plan-objects.ts';
import { planVolumes } from '../plan/plan-volumes.ts';
import { otherChanges, sizeKeys } from './other-changes.ts';
import { readDeletions } from '../plan/read-deletions.ts';

const inflowSampleMs = 3_000;

/**
 * What a scale is to do, from the cluster as it is now. Under the lock it looks again at all that was looked at before: whoever
 * held the lock until then may have changed it.
 *
 * @throws KafkaHaError `conflict`, `promise-broken`, `invalid-usage`, `unhealthy`.
 */
export async function* makeScalePlan(
  cluster: Cluster,
  kafka: KafkaConnection,
  options: { throttleBytesPerSecond?: number; toleranceIsSaid: boolean },
): AsyncGenerator<string, ScalePlan> {
  const { spec, signal } = cluster;
  const { toleranceIsSaid } = options;
  await refuseForeignObjects(cluster);
  await refuseWhileMigrating(cluster);
  const from = await brokersNow(cluster);
  if (spec.brokers > from) await checkNodes(cluster);
  await refuseOtherChanges(cluster, kafka);
  const replicas = yield* awaitWhole(kafka, signal);
  refuseSilentChange(spec, { factorNow: usualFactor(replicas), toleranceIsSaid });
  yield 'measuring the inflow';
  const { clock } = cluster.kube;
  return await planScale({ kafka, spec, replicas }, { ...options, from, clock, signal });
}

/**
 * A scale changes the size and nothing else: what else the file says has been in no plan that somebody approved, and
 * new brokers would begin with it beside old ones that have it not.
 *
 * @throws KafkaHaError `conflict`, with what differs.
 */
async function refuseOtherChanges(cluster: Cluster, kafka: KafkaConnection): Promise<void> {
  const [objects, volumes, applied] = await Promise.all([
    planObjects(cluster),
    planVolumes(cluster),
    readAppliedKeys(cluster),
  ]);
  const keys = await readDynamicChanges(cluster, kafka, applied ?? {});
  const details = [
    ...otherChanges(cluster.spec, [...objects, ...volumes]),
    ...keys.filter(({ key }) => !sizeKeys.includes(key)).map(describeChange),
  ];
  if (details.length === 0) return;
  throw new KafkaHaError(
    'conflict',
    'the cluster file has other changes than the size, and a scale changes nothing else',
    { details, hint: `${await howToGoOn(cluster)} Nothing was changed.` },
  );
}

async function howToGoOn(cluster: Cluster): Promise<string> {
  const { retentionSeconds, sizeBytes } = cluster.spec.storage;
  const claims = (await readClaims(cluster)).filter(({ component }) => component === 'kafka');
  const present = Math.max(...claims.map(({ requestedBytes }) => requestedBytes));
  if (retentionSeconds === null || claims.length === 0 || present === sizeBytes)
    return 'Deploy them first, with the present size in the file: kafka-ha plan, kafka-ha deploy.';
  const write = `With so many brokers storage.retention makes volumes of another size: write storage.size: ${sizeText(Math.max(present, sizeBytes))}`;
  return present > sizeBytes
    ? `${write}, as they are now, for they never shrink; then scale.`
    : `${write}, deploy that with the present number of brokers in the file, then scale.`;
}

type PlanOptions = {
  /** Pods that the StatefulSet has now. */
  from: number;
  throttleBytesPerSecond?: number;
  clock: Clock;
  signal: AbortSignal;
};

/** @throws KafkaHaError `invalid-usage` for a throttle below the inflow, `unhealthy` where a volume is too small. */
async function planScale(
  { kafka, spec, replicas }: { kafka: KafkaConnection; spec: Spec; replicas: Replicas },
  { from, throttleBytesPerSecond, clock, signal }: PlanOptions,
): Promise<ScalePlan> {
  const ids = [...replicas.brokers.keys()];
  const before = await readLogSizes(kafka, ids);
  const moves = planMoves(spec, replicas, before);
  const seconds = moves.movedReplicas === 0 ? 0 : inflowSampleMs / 1000;
  if (seconds > 0) await clock.sleep(inflowSampleMs, signal);
  const after = seconds > 0 ? await readLogSizes(kafka, ids) : before;
  const look = (sizes: LogSizes) => ({ sizes, partitions: replicas.partitions });
  const throttle = chooseThrottle(spec, {
    changes: moves.changes,
    inflow: seconds > 0 ? inflowBetween(look(before), look(after), seconds) : () => 0,
    ...(throttleBytesPerSecond !== undefined && { given: throttleBytesPerSecond }),
  });
  const disks = await disksAfter({ kafka, spec, replicas }, moves);
  refuseFullVolumes(disks);
  const deletions = await readDeletions(kafka, spec, ['log.retention.bytes']);
  return {
    brokers: { from, to: spec.brokers },
    empty: withoutReplicas(spec, replicas),
    replicationFactor: { from: usualFactor(replicas), to: spec.replication.factor },
    minInSync: spec.replication.minInSync,
    tolerance: spec.tolerance,
    moves,
    deletions,
    throttle,
    disks,
  };
}

function withoutReplicas({ brokers }: Spec, { partitions, ongoing }: Replicas): number[] {
  const holders = new Set([...partitions, ...ongoing].flatMap(({ replicas }) => replicas));
  return ordinals(brokers).filter((id) => !holders.has(id));
}

async function disksAfter(
  { kafka, spec, replicas }: { kafka: KafkaConnection; spec: Spec; replicas: Replicas },
  moves: MovePlan,
): Promise<ScalePlan['disks']> {
  const incoming = perBroker(moves.changes, ({ bytes }) => bytes);
  return await Promise.all(
    [...incoming].map(async ([brokerId, incomingBytes]) => {
      // One that does not run yet starts with the volume that the file asks for.
      const fresh = { usedBytes: 0, sizeBytes: spec.storage.sizeBytes };
      const disks = replicas.brokers.has(brokerId) ? await readDisks(kafka, brokerId) : [fresh];
      const sum = (key: 'usedBytes' | 'sizeBytes') => disks.reduce((total, disk) => total + disk[key], 0);
      return { brokerId, incomingBytes, usedBytes: sum('usedBytes'), sizeBytes: sum('sizeBytes') };
    }),
  );
}

function refuseFullVolumes(disks: ScalePlan['disks']): void {
  const full = disks.filter(
    ({ usedBytes, incomingBytes, sizeBytes }) => usedBytes + incomingBytes > volumeShares.full * sizeBytes,
  );
  if (full.length === 0) return;
  throw new KafkaHaError(
    'unhealthy',
    `after the move ${full.length === 1 ? 'a volume' : `${full.length} volumes`} would be more than ${volumeShares.full * 100} % full`,
    {
      details: full.map(
        ({ brokerId, usedBytes, incomingBytes, sizeBytes }) =>
          `broker ${brokerId}: ${formatBytes(usedBytes)} + ${formatBytes(incomingBytes)} of ${formatBytes(sizeBytes)}`,
      ),
      hint: 'Raise storage.size in the cluster file, shorten the retention of the largest topics, or scale to more brokers. Nothing was changed.',
    },
  );
}
