import { KafkaHaError, readUntil, waitFor } from '@kafka-ha/base';
import { openKafka, readMigration, readPartitionZnodes, readZnodes, type Cluster } from '@kafka-ha/cluster';
import { imageDifferences, imageOfZnodes, type MetadataImage } from '@kafka-ha/planning';
import { ordinals } from '@kafka-ha/manifests';
import { readImage } from './read-image.ts';

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
