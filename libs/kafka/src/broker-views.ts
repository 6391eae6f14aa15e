import { count, messageOf } from '@kafka-ha/base';
import type { Metadata } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';

/** What one broker answers when it is asked for everything, or why it does not. */
export type BrokerView = { brokerId: number } & ({ metadata: Metadata } | { reason: string });

type Answer = Extract<BrokerView, { metadata: Metadata }>;

/**
 * Asks each of these brokers, all at once, for all topics or for those that are named. They agree on nearly all partitions, of which
 * one object is kept then: each broker's own would be hundreds of MiB where there are 50 brokers and 10,000 partitions.
 */
export async function readViews(
  kafka: KafkaConnection,
  ids: readonly number[],
  topics: readonly string[] | null = null,
): Promise<BrokerView[]> {
  const known = new Map<string, Map<number, Partition>>();
  return await Promise.all(
    ids.map(async (brokerId): Promise<BrokerView> => {
      try {
        return { brokerId, metadata: shared(await kafka.readMetadataOf(brokerId, topics), known) };
      } catch (error) {
        return { brokerId, reason: messageOf(error) };
      }
    }),
  );
}

function shared(metadata: Metadata, known: Map<string, Map<number, Partition>>): Metadata {
  const topics = metadata.topics.map((topic) => {
    const ofTopic = known.get(topic.name) ?? new Map<number, Partition>();
    known.set(topic.name, ofTopic);
    const partitions = topic.partitions.map((partition) => {
      const other = ofTopic.get(partition.index);
      if (other !== undefined && isSame(partition, other)) return other;
      ofTopic.set(partition.index, partition);
      return partition;
    });
    return { ...topic, partitions };
  });
  return { ...metadata, topics };
}

function isSame(one: Partition, other: Partition): boolean {
  return (
    one.leaderEpoch === other.leaderEpoch &&
    one.leaderId === other.leaderId &&
    one.errorCode === other.errorCode &&
    isSameList(one.isr, other.isr) &&
    isSameList(one.replicas, other.replicas) &&
    isSameList(one.offlineReplicas, other.offlineReplicas)
  );
}

function isSameList(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
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
    for (const { name, partitions } of metadata.topics) {
      const ofTopic = known.get(name) ?? new Map<number, Partition>();
      known.set(name, ofTopic);
      for (const partition of partitions) {
        const before = ofTopic.get(partition.index);
        if (before === undefined || isNewer(partition, before, first !== undefined))
          ofTopic.set(partition.index, partition);
      }
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

/** Of each topic the leader epoch of each partition. */
export type LeaderEpochs = ReadonlyMap<string, ReadonlyMap<number, number>>;

export function leaderEpochs(topics: Metadata['topics']): LeaderEpochs {
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      new Map(partitions.map(({ index, leaderEpoch }) => [index, leaderEpoch])),
    ]),
  );
}

/** What is known without it. Undefined: not known. */
export type Truth = {
  epochs: LeaderEpochs;
  controllerId: number | null | undefined;
  brokerIds: readonly number[] | undefined;
};

/** In which points a broker's answer is of another time, in sentences without a subject; none where it is up to date. */
export function outdatedPoints(metadata: Metadata, { epochs, controllerId, brokerIds }: Truth): string[] {
  const older = metadata.topics.flatMap(({ name, partitions }) => {
    const ofTopic = epochs.get(name);
    return partitions.filter(({ index, leaderEpoch }) => leaderEpoch < (ofTopic?.get(index) ?? -1));
  });
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
