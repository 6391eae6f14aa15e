import { count, messageOf } from '@kafka-ha/base';
import type { Metadata } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';

/** What one broker answers when it is asked for everything, or why it does not. */
export type BrokerView = { brokerId: number } & ({ metadata: Metadata } | { reason: string });

type Answer = Extract<BrokerView, { metadata: Metadata }>;

/** Asks each of these brokers, all at once. */
export async function readViews(kafka: KafkaConnection, ids: readonly number[]): Promise<BrokerView[]> {
  return await Promise.all(
    ids.map(async (brokerId): Promise<BrokerView> => {
      try {
        return { brokerId, metadata: await kafka.readMetadataOf(brokerId, null) };
      } catch (error) {
        return { brokerId, reason: messageOf(error) };
      }
    }),
  );
}

/**
 * The topics as they are known last: of each partition the answer with the newest leader epoch, of several of one epoch that of
 * who speaks for the controller, and where it is silent the one with the fewest replicas in sync. Which topics there are is its
 * word too; where it is silent, all that anybody knows.
 */
export function newestTopics(answers: readonly Answer[], spokesman: number | null): Metadata['topics'] {
  const first = answers.find(({ brokerId }) => brokerId === spokesman);
  const ranked = [...(first === undefined ? [] : [first]), ...answers.filter((it) => it !== first)];
  const known = new Map<string, Map<number, Partition>>();
  for (const { metadata } of ranked)
    for (const { name, partitions } of metadata.topics)
      for (const partition of partitions) {
        const ofTopic = known.get(name) ?? new Map<number, Partition>();
        const before = ofTopic.get(partition.index);
        if (before === undefined || isNewer(partition, before, first !== undefined))
          ofTopic.set(partition.index, partition);
        known.set(name, ofTopic);
      }
  const listed = first?.metadata.topics ?? distinct(ranked.flatMap(({ metadata }) => metadata.topics));
  return listed.map((topic) => ({
    ...topic,
    partitions: topic.partitions.map((partition) => known.get(topic.name)?.get(partition.index) ?? partition),
  }));
}

type Partition = Metadata['topics'][number]['partitions'][number];

function isNewer(partition: Partition, than: Partition, hasSpoken: boolean): boolean {
  if (partition.leaderEpoch !== than.leaderEpoch) return partition.leaderEpoch > than.leaderEpoch;
  return !hasSpoken && partition.isr.length < than.isr.length;
}

function distinct(topics: Metadata['topics']): Metadata['topics'] {
  return [...new Map(topics.toReversed().map((topic) => [topic.name, topic])).values()];
}

/** What is known without it. Undefined: not known. */
export type Truth = {
  topics: Metadata['topics'];
  controllerId: number | null | undefined;
  brokerIds: readonly number[] | undefined;
};

/** In which points a broker's answer is of another time, in sentences without a subject; none where it is up to date. */
export function outdatedPoints(metadata: Metadata, { topics, controllerId, brokerIds }: Truth): string[] {
  const epochs = new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ index, leaderEpoch }) => [`${name}-${index}`, leaderEpoch]),
    ),
  );
  const older = metadata.topics.flatMap(({ name, partitions }) =>
    partitions.filter(({ index, leaderEpoch }) => leaderEpoch < (epochs.get(`${name}-${index}`) ?? -1)),
  );
  const knows = metadata.brokers.map(({ nodeId }) => nodeId).sort((a, b) => a - b);
  const isSame = brokerIds === undefined || knows.join() === [...brokerIds].sort((a, b) => a - b).join();
  const names = metadata.controllerId < 0 ? 'no controller' : `broker ${metadata.controllerId} as controller`;
  return [
    ...(controllerId === undefined || controllerId === null || metadata.controllerId === controllerId
      ? []
      : [`names ${names} where it is broker ${controllerId}`]),
    ...(isSame ? [] : [`knows brokers ${knows.join(', ')} as registered where ${brokerIds.join(', ')} are`]),
    ...(older.length === 0 ? [] : [`has older leaders of ${count(older.length, 'partition')}`]),
  ];
}
