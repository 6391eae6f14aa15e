import { isKafkaHaError } from '@kafka-ha/base';
import {
  checkNodes,
  openKafka,
  readMigrationNodes,
  readZnodes,
  refuseForeignObjects,
  type Cluster,
} from '@kafka-ha/cluster';
import { listReassignments, readBrokerConfigs } from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import { imageOfZnodes, startRefusals, topicsWithoutId, type MigrationRefusal } from '@kafka-ha/planning';
import { planObjects } from '../plan/plan-objects.ts';
import { readRunningVersions } from '../plan/read-running-versions.ts';
import { readLogFolders, readingShellIn } from '../scale/logs-on-disk.ts';

/**
 * Why this cluster, which is as ever on ZooKeeper, cannot leave it now. Changes nothing; that it is healthy is for others to see.
 * `migrating` is what it is to be next.
 */
export async function readStartRefusals(zookeeper: Cluster, migrating: Cluster): Promise<MigrationRefusal[]> {
  await refuseForeignObjects(migrating);
  await checkNodes(migrating);
  await using kafka = await openKafka(zookeeper);
  const ids = ordinals(zookeeper.spec.brokers);
  const [{ brokers }, protocols, changes, moving, nodes, znodes, logs] = await Promise.all([
    readRunningVersions(zookeeper),
    readBrokerConfigs(kafka, ids, { keys: [protocolKey] }),
    planObjects(zookeeper),
    listReassignments(kafka),
    readMigrationNodes(zookeeper),
    readZnodes(zookeeper),
    Promise.all(ids.map((id) => readLogsWithoutId(zookeeper, id))),
  ]);
  return startRefusals({
    brokers: ids.map((id) => {
      const version = brokers.find((broker) => broker.id === id)?.version;
      return {
        id,
        ...(version !== undefined && { version }),
        protocol: protocols.get(id)?.[protocolKey]?.value ?? null,
      };
    }),
    undeployed: changes.map(({ object }) => object),
    moving: moving.map(({ topic, partition }) => `${topic}-${partition}`),
    deleting: nodes.deleting,
    topicsWithoutId: topicsWithoutId(imageOfZnodes(znodes)),
    logsWithoutId: logs.flat(),
    migrationNode: nodes.migration?.text ?? null,
  });
}

const protocolKey = 'inter.broker.protocol.version';

async function readLogsWithoutId(cluster: Cluster, broker: number) {
  const folders = await readLogFolders(readingShellIn(cluster, broker));
  return folders
    .filter(({ folder, topicId }) => topicId === null && /-\d+$/.test(folder))
    .map(({ folder }) => ({ broker, folder }));
}

/** What the account may not do of what a migration makes: the API server is asked by a dry run. */
export async function readForbidden(clusters: readonly Cluster[]): Promise<MigrationRefusal[]> {
  for (const cluster of clusters) {
    try {
      await planObjects(cluster);
    } catch (error) {
      if (!isKafkaHaError(error) || error.code !== 'forbidden') throw error;
      const hint =
        'Have an admin write mode: dual-write into a copy of the cluster file, and run kafka-ha render --admin --file COPY | kubectl apply -f -.';
      return [{ why: error.message, details: error.details, hint }];
    }
  }
  return [];
}
