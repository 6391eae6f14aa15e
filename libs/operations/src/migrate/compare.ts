import { KafkaHaError, readUntil, waitFor } from '@kafka-ha/base';
import { openKafka, readMigration, readPartitionZnodes, readZnodes, type Cluster } from '@kafka-ha/cluster';
import {
  readBrokerConfigs,
  readDefaultBrokerConfigs,
  readQuotas,
  readTopicConfigs,
  type Configs,
  type KafkaConnection,
} from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import { imageDifferences, imageOfZnodes, quotaEntity, type MetadataImage } from '@kafka-ha/planning';

/** A broker whose pod uses the controllers; undefined where none does. */
export async function firstWithControllers(cluster: Cluster): Promise<number | undefined> {
  const { brokerPods } = await readMigration(cluster);
  return brokerPods.find(({ kind }) => kind === 'kraft')?.id;
}

/** What one has decided the other has after a moment; on a busy machine after some seconds. */
const agreeWithinMs = 60_000;
const pollMs = 1_000;
const shown = 20;

/**
 * Compares what the controllers hold, by the word of a broker that uses them, with ZooKeeper, until they are equal.
 *
 * @returns what both hold.
 * @throws KafkaHaError `conflict` with the differences where they stay.
 */
export async function compareWithZooKeeper(cluster: Cluster, of: number): Promise<MetadataImage> {
  await using kafka = await openKafka(cluster);
  const brokerIds = ordinals(cluster.spec.brokers);
  const read = async () => {
    const [znodes, image] = await Promise.all([readZnodes(cluster), readImage(kafka, { of, brokerIds })]);
    return { image, differences: imageDifferences(imageOfZnodes(znodes), image) };
  };
  const { kube, signal } = cluster;
  const wait = { deadlineMs: agreeWithinMs, intervalMs: pollMs, signal, clock: kube.clock };
  const { image, differences } = await readUntil(read, ({ differences: { length } }) => length === 0, wait);
  if (differences.length === 0) return image;
  throw new KafkaHaError(
    'conflict',
    'What the controllers hold differs from ZooKeeper. No further broker is restarted.',
    {
      details: differences.slice(0, shown),
      hint: 'If nobody is changing topics or settings just now, run kafka-ha migrate --back. If somebody is, run kafka-ha migrate again afterwards.',
    },
  );
}

/**
 * Waits until ZooKeeper has of every partition who leads it, by which term, and who is in sync, as the controllers decided it: who
 * takes over from them reads it there.
 *
 * @throws KafkaHaError `deadline-exceeded` naming the partitions.
 */
export async function untilWritten(cluster: Cluster): Promise<number> {
  await using kafka = await openKafka(cluster);
  let missing: string[] = [];
  return await waitFor(
    () => `ZooKeeper to have what the controllers have decided: ${missing.slice(0, 3).join(', ')}`,
    async () => {
      const [nodes, { topics }] = await Promise.all([readPartitionZnodes(cluster), kafka.readMetadata(null)]);
      const written = new Map(nodes.map((node) => [`${node.topic}-${node.partition}`, node]));
      const decided = topics.flatMap(({ name, partitions }) =>
        partitions.map((partition) => ({ key: `${name}-${partition.index}`, ...partition })),
      );
      missing = decided.flatMap(({ key, leaderId, leaderEpoch, isr }) => {
        const node = written.get(key);
        const isSame =
          node?.leader === leaderId && node.leaderEpoch === leaderEpoch && sameSet(node.isr, isr);
        return isSame ? [] : [key];
      });
      return missing.length === 0 && decided.length;
    },
    { deadlineMs: agreeWithinMs, intervalMs: pollMs, signal: cluster.signal, clock: cluster.kube.clock },
  );
}

function sameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

/** With all their keys, inherited ones too, the configs of so many topics are some MiB. */
const topicsAtOnce = 200;

/** What one broker has of the metadata that is for good. Of a broker that uses controllers that is what these hold. */
async function readImage(
  kafka: KafkaConnection,
  { of, brokerIds }: { of: number; brokerIds: readonly number[] },
): Promise<MetadataImage> {
  const { topics } = await kafka.readMetadataOf(of, null);
  const configs = new Map<string, Configs>();
  for (let at = 0; at < topics.length; at += topicsAtOnce) {
    const names = topics.slice(at, at + topicsAtOnce).map(({ name }) => name);
    for (const [name, config] of await readTopicConfigs(kafka, names, { of })) configs.set(name, config);
  }
  const [own, all, quotas] = await Promise.all([
    readBrokerConfigs(kafka, brokerIds),
    readDefaultBrokerConfigs(kafka, { of }),
    readQuotas(kafka, of),
  ]);
  const ofBrokers = [...own].map(([id, config]) => [String(id), setBy('dynamic-broker', config)] as const);
  return {
    topics: Object.fromEntries(
      topics.map(({ name, topicId, partitions }) => [
        name,
        {
          id: topicId,
          partitions: Object.fromEntries(partitions.map(({ index, replicas }) => [index, replicas])),
          config: setBy('topic', configs.get(name) ?? {}),
        },
      ]),
    ),
    brokers: Object.fromEntries(
      [['all', valuesOf(Object.entries(all))] as const, ...ofBrokers].filter(
        ([, values]) => Object.keys(values).length > 0,
      ),
    ),
    quotas: Object.fromEntries(quotas.map(({ entity, limits }) => [quotaEntity(entity), limits])),
  };
}

function setBy(source: 'topic' | 'dynamic-broker', configs: Configs): Record<string, string | null> {
  return valuesOf(Object.entries(configs).filter(([, entry]) => entry.source === source));
}

function valuesOf(entries: readonly (readonly [string, Configs[string]])[]): Record<string, string | null> {
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}
