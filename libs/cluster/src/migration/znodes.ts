import { ordinalOfController, zookeeperChroot } from '@kafka-ha/manifests';
import { openSessionSoon, type ZooKeeperSession } from '@kafka-ha/zookeeper';
import type { Cluster, FencedCluster } from '../cluster.ts';
import { dialZookeeper, zookeeperAddresses } from '../quorum/zookeeper-addresses.ts';

/** By path, without the part that all have in common; a node without data has an empty text. */
export type Znodes = Readonly<Record<string, string>>;

/** Of a path and what is below it; of topics only what is for good, not who leads. */
const kept: readonly { path: string; levels: number }[] = [
  { path: '/cluster/id', levels: 0 },
  { path: '/brokers/topics', levels: 1 },
  { path: '/config', levels: 6 },
  { path: '/kafka-acl', levels: 2 },
  { path: '/kafka-acl-extended', levels: 3 },
  { path: '/delegation_token', levels: 2 },
];

/** What Kafka keeps in ZooKeeper for good: the cluster's id, topics, settings, quotas, ACLs. */
export async function readZnodes(cluster: Cluster): Promise<Znodes> {
  return await withSession(cluster, async (session) => {
    const found = await Promise.all(kept.map(({ path, levels }) => readBelow(session, path, levels)));
    return Object.fromEntries(found.flat());
  });
}

async function readBelow(
  session: ZooKeeperSession,
  path: string,
  levels: number,
): Promise<[string, string][]> {
  const [node, children] = await Promise.all([
    session.getData(`${zookeeperChroot}${path}`),
    levels === 0 ? null : session.getChildren(`${zookeeperChroot}${path}`),
  ]);
  if (node === null) return [];
  const below = await Promise.all(
    (children ?? []).map((child) => readBelow(session, `${path}/${child}`, levels - 1)),
  );
  return [[path, node.data.toString()], ...below.flat()];
}

export type MigrationNodes = {
  /** Who is in office, as ZooKeeper has it; null: nobody. */
  controller: { id: number; isBroker: boolean } | null;
  /** What controllers have written of their progress; an offset above 0: the copy is complete. */
  migration: { text: string; offset: number } | null;
  /** Topics that are being deleted. */
  deleting: readonly string[];
};

/** What ZooKeeper says of a migration. */
export async function readMigrationNodes(cluster: Cluster): Promise<MigrationNodes> {
  return await withSession(cluster, async (session) => {
    const [controller, migration, deleting] = await Promise.all([
      session.getData(`${zookeeperChroot}/controller`),
      session.getData(`${zookeeperChroot}/migration`),
      session.getChildren(`${zookeeperChroot}/admin/delete_topics`),
    ]);
    return {
      controller: controller && holderIn(controller.data.toString()),
      migration: migration && progressIn(migration.data.toString()),
      deleting: deleting ?? [],
    };
  });
}

function holderIn(text: string): MigrationNodes['controller'] {
  const { brokerid: id } = JSON.parse(text) as { brokerid: number };
  return { id, isBroker: ordinalOfController(id) === undefined };
}

function progressIn(text: string): MigrationNodes['migration'] {
  const { kraft_metadata_offset: offset = -1 } = (text === '' ? {} : JSON.parse(text)) as {
    kraft_metadata_offset?: number;
  };
  return { text, offset };
}

/**
 * Deletes what controllers have left in ZooKeeper: that one of them is in office, and how far their copy had come. To be called
 * once none of them runs: they would write it again.
 *
 * @returns what was deleted.
 */
export async function deleteMigrationNodes(cluster: FencedCluster): Promise<string[]> {
  const found = await readMigrationNodes(cluster);
  const paths = [
    // First, for until it is gone nobody takes office.
    ...(found.controller?.isBroker === false ? ['/controller'] : []),
    ...(found.migration === null ? [] : ['/migration']),
  ];
  await withSession(cluster, async (session) => {
    for (const path of paths) {
      await cluster.kube.fence();
      await session.delete(`${zookeeperChroot}${path}`);
    }
  });
  return paths;
}

export type ZnodeOfPartition = {
  topic: string;
  partition: number;
  leader: number;
  isr: readonly number[];
  leaderEpoch: number;
};

/** Who leads each partition and who is in sync, as ZooKeeper has it. */
export async function readPartitionZnodes(cluster: Cluster): Promise<ZnodeOfPartition[]> {
  const root = `${zookeeperChroot}/brokers/topics`;
  return await withSession(cluster, async (session) => {
    const topics = (await session.getChildren(root)) ?? [];
    const states = topics.map(async (topic) => {
      const partitions = (await session.getChildren(`${root}/${topic}/partitions`)) ?? [];
      return await Promise.all(
        partitions.map(async (partition) => {
          const node = await session.getData(`${root}/${topic}/partitions/${partition}/state`);
          if (node === null) return [];
          const {
            leader,
            isr,
            leader_epoch: leaderEpoch,
          } = JSON.parse(node.data.toString()) as {
            leader: number;
            isr: number[];
            leader_epoch: number;
          };
          return [{ topic, partition: Number(partition), leader, isr, leaderEpoch }];
        }),
      );
    });
    return (await Promise.all(states)).flat(2);
  });
}

const answerWithinMs = 5_000;

async function withSession<T>(cluster: Cluster, work: (session: ZooKeeperSession) => Promise<T>): Promise<T> {
  const options = { signal: cluster.signal, timeoutMs: answerWithinMs };
  await using session = await openSessionSoon(dialZookeeper(cluster), zookeeperAddresses(cluster), options);
  await session.sync(zookeeperChroot);
  return await work(session);
}
