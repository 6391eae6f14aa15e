import type { Usage } from '@kafka-ha/config';
import {
  type Cluster,
  openKafka,
  readLargestNode,
  readMeteredCpu,
  readPods,
  reading,
  sampleBrokers,
} from '@kafka-ha/cluster';
import { valueOf } from '@kafka-ha/health';
import { readCluster, readDisks, readGroupOffsets } from '@kafka-ha/kafka';
import { brokerUsage } from './broker-usage.ts';
import { readNearRetention } from './read-near-retention.ts';
import { unlessMoving } from './unless-moving.ts';
import { watchGrowth } from './watch-growth.ts';

export type Seen = {
  usage: Usage;
  /** What could not be read, and why: nothing is proposed from that. */
  unread: string[];
};

/**
 * Watches the cluster for a while: what producers write, as their partitions grow, how full the fullest volume is, what
 * brokers take of CPU and memory, and how far consumers are behind.
 *
 * @throws KafkaHaError `kafka-unreachable` where the brokers do not answer.
 */
export async function readUsage(cluster: Cluster, watchMs: number): Promise<Seen> {
  await using kafka = await openKafka(cluster);
  const { kube, signal, spec } = cluster;
  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const readOffsets = () => reading(() => readGroupOffsets(kafka, ids));
  const [groupsBefore, before] = await Promise.all([readOffsets(), sampleBrokers(cluster, ids)]);
  const { moving, ...growth } = await watchGrowth(kafka, { ids, watchMs, clock: kube.clock, signal });
  const [groups, after] = await Promise.all([readOffsets(), sampleBrokers(cluster, ids)]);
  const nowMs = kube.clock.wallTime();
  const readNear = async () => {
    if (groupsBefore.kind === 'unreadable') return groupsBefore;
    if (groups.kind === 'unreadable') return groups;
    const committed = { ids, before: groupsBefore.value, after: groups.value, nowMs };
    return await reading(() => readNearRetention(kafka, spec, committed));
  };
  const isSilent = [...after.values()].some(({ kind }) => kind === 'unreadable');
  const [near, pods, disks, node, metered] = await Promise.all([
    readNear(),
    reading(() => readPods(cluster)),
    Promise.all(ids.map((id) => readDisks(kafka, id))),
    reading(() => readLargestNode(cluster)),
    isSilent ? reading(() => readMeteredCpu(cluster, ids)) : undefined,
  ]);
  signal.throwIfAborted();
  const largestNode = valueOf(node);
  const { unread, cpuCores, ...ofBrokers } = brokerUsage({
    before,
    after,
    metered: (metered && valueOf(metered)) ?? new Map<number, number>(),
    pods: valueOf(pods) ?? [],
    nowMs,
  });
  const lost = near.kind === 'read' ? [] : [`how far consumers are behind could not be read: ${near.reason}`];
  const ofCalm = unlessMoving({ ...growth, ...(cpuCores !== undefined && { cpuCores }) }, moving);
  return {
    usage: {
      ...ofCalm.usage,
      ...ofBrokers,
      usedBytes: Math.max(0, ...disks.flat().map(({ usedBytes }) => usedBytes)),
      nearRetention: valueOf(near) ?? [],
      ...(largestNode && { largestNode }),
    },
    unread: [...ofCalm.unread, ...unread, ...lost],
  };
}
