import { groupBy } from '@kafka-ha/base';
import { alterPartitionReassignmentsApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { readTopics } from './read-topics.ts';
import { refused } from './refused.ts';

export type PartitionOf = { topic: string; partition: number };

/**
 * Has Kafka bring partitions to these replicas, the preferred leader first (KIP-455): it copies what is missing, drops the
 * others once that is in sync, and elects another leader where the present one goes. One that is under way already is
 * replaced. Returns at once. A topic that was deleted meanwhile is left out. Throws `kafka-refused` with Kafka's first
 * reason; other partitions may have been taken.
 *
 * @returns the partitions that Kafka did not take because a broker of theirs is away, each with its words
 * (INVALID_REPLICA_ASSIGNMENT): to be tried again when it is back.
 */
export async function startReassignments(
  kafka: FencedKafka,
  changes: readonly (PartitionOf & { replicas: readonly number[] })[],
): Promise<Untaken[]> {
  const answered = await alter(kafka, changes, [ERROR.invalidReplicaAssignment]);
  return answered.flatMap(({ errorCode, errorMessage, ...partition }) =>
    errorCode === ERROR.invalidReplicaAssignment ? [{ ...partition, why: errorMessage ?? '' }] : [],
  );
}

export type Untaken = PartitionOf & { why: string };

/** Ends reassignments where they are: replicas that were being added are dropped. One that is done by now stays done. */
export async function cancelReassignments(
  kafka: FencedKafka,
  partitions: readonly PartitionOf[],
): Promise<void> {
  await alter(
    kafka,
    partitions.map((each) => ({ ...each, replicas: null })),
    [ERROR.noReassignmentInProgress],
  );
}

type Wanted = PartitionOf & { replicas: readonly number[] | null };

async function alter(
  kafka: FencedKafka,
  wanted: readonly Wanted[],
  harmless: readonly number[],
): Promise<(PartitionOf & { errorCode: number; errorMessage: string | null })[]> {
  const topics = [...groupBy(wanted, ({ topic }) => topic)].map(([name, partitions]) => ({
    name,
    partitions: partitions.map(({ partition, replicas }) => ({ index: partition, replicas })),
  }));
  const answer = await kafka.askController(
    alterPartitionReassignmentsApi,
    { timeoutMs: 10_000, topics },
    (response) => [
      response.errorCode,
      ...response.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
    ],
  );
  const unknown = answer.topics.filter(({ partitions }) =>
    partitions.some(({ errorCode }) => errorCode === ERROR.unknownTopicOrPartition),
  );
  const listed =
    unknown.length === 0
      ? []
      : await readTopics(
          kafka,
          unknown.map(({ name }) => name),
        );
  const isGone = (name: string, errorCode: number) =>
    errorCode === ERROR.unknownTopicOrPartition && listed.every((topic) => topic.name !== name);
  if (answer.errorCode !== ERROR.none)
    throw refused('the replicas cannot be moved', answer.errorCode, answer.errorMessage);
  for (const { name, partitions } of answer.topics)
    for (const { index, errorCode, errorMessage } of partitions)
      if (errorCode !== ERROR.none && !harmless.includes(errorCode) && !isGone(name, errorCode))
        throw refused(`the replicas of ${name}-${index} cannot be moved`, errorCode, errorMessage);
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ index, errorCode, errorMessage }) => {
      return { topic: name, partition: index, errorCode, errorMessage };
    }),
  );
}
