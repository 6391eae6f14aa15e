import { ordinals, zookeeperChroot } from '@kafka-ha/manifests';
import { openSession, type ZooKeeperSession } from '@kafka-ha/zookeeper';
import type { Cluster } from '../cluster.ts';
import type { RegistryWatch } from './quorum-port.ts';
import { dialZookeeper, zookeeperAddresses } from './zookeeper-addresses.ts';

const answerWithinMs = 3_000;
const pauseMs = 250;

/**
 * Follows in ZooKeeper who is registered and what becomes of each partition. What a partition's state was when it was
 * written is known by ZooKeeper's own time, also where it is read later; a registration's end when it is told.
 */
export async function watchZookeeper(cluster: Cluster, watch: RegistryWatch): Promise<void> {
  const { signal } = cluster;
  const { clock } = cluster.kube;
  for (let turn = 0; !signal.aborted; turn += 1) {
    // The server went away, or has no quorum: another one, or the same a little later.
    await followFrom(cluster, inTurn(cluster, turn), watch).catch(() => undefined);
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}

async function followFrom(
  cluster: Cluster,
  addresses: ReturnType<typeof inTurn>,
  watch: RegistryWatch,
): Promise<void> {
  const { signal } = cluster;
  await using session = await openSession(dialZookeeper(cluster), addresses, {
    signal,
    timeoutMs: answerWithinMs,
  });
  // They end together, when the session does.
  await Promise.all([
    ...ordinals(cluster.spec.brokers).map((id) => followBroker(session, id, watch)),
    ...ordinals(watch.partitions).map((partition) => followPartition(session, partition, watch)),
  ]);
}

async function followBroker(
  session: ZooKeeperSession,
  brokerId: number,
  watch: RegistryWatch,
): Promise<void> {
  for (;;) {
    const { stat, next } = await session.watchExists(`${zookeeperChroot}/brokers/ids/${brokerId}`);
    watch.sightings.registrations.push({ epochMs: watch.now(), brokerId, isThere: stat !== null });
    if ((await next) === 'lost') return;
  }
}

async function followPartition(
  session: ZooKeeperSession,
  partition: number,
  watch: RegistryWatch,
): Promise<void> {
  const path = `${zookeeperChroot}/brokers/topics/${watch.topic}/partitions/${partition}/state`;
  for (;;) {
    const { next } = await session.watchExists(path);
    const node = await session.getData(path);
    if (node !== null) {
      const { leader, isr } = JSON.parse(node.data.toString()) as { leader: number; isr: number[] };
      watch.sightings.partitions.push({
        epochMs: node.stat.mtime,
        partition,
        leader: leader === -1 ? null : leader,
        isr,
      });
    }
    if ((await next) === 'lost') return;
  }
}

function inTurn(cluster: Cluster, turn: number) {
  const addresses = zookeeperAddresses(cluster);
  const first = turn % addresses.length;
  return [...addresses.slice(first), ...addresses.slice(0, first)];
}
