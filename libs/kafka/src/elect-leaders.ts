import { groupBy } from '@kafka-ha/base';
import { ELECTION, electLeadersApi, ERROR, errorName } from '@kafka-ha/kafka-protocol';
import type { PartitionOf } from './alter-reassignments.ts';
import type { FencedKafka } from './kafka-connection.ts';
import { refused } from './refused.ts';

export type Election = {
  elected: readonly PartitionOf[];
  /** Those that stay with another leader, with Kafka's reason, e.g. PREFERRED_LEADER_NOT_AVAILABLE. */
  failed: readonly (PartitionOf & { reason: string })[];
};

/**
 * Makes the preferred replica, the first of its list, the leader of every partition that another one leads: of all
 * topics, or of the named ones. Where it leads already nothing is done. Throws `kafka-refused` when Kafka
 * takes no election at all.
 */
export async function electLeaders(
  kafka: FencedKafka,
  partitions?: readonly PartitionOf[],
): Promise<Election> {
  const topics =
    partitions &&
    [...groupBy(partitions, ({ topic }) => topic)].map(([name, of]) => ({
      name,
      partitions: of.map(({ partition }) => partition),
    }));
  const { errorCode, topics: results } = await kafka.askController(
    electLeadersApi,
    {
      type: ELECTION.preferred,
      topics: topics ?? null,
      timeoutMs: 5_000,
    },
    (response) => [
      response.errorCode,
      ...response.topics.flatMap((topic) => topic.partitions.map((result) => result.errorCode)),
    ],
  );
  if (errorCode !== ERROR.none) throw refused('no preferred leader was elected', errorCode);
  const outcomes = results.flatMap((topic) =>
    topic.partitions.map((result) => ({ topic: topic.name, partition: result.index, result })),
  );
  return {
    elected: outcomes
      .filter(({ result }) => result.errorCode === ERROR.none)
      .map(({ topic, partition }) => ({ topic, partition })),
    failed: outcomes
      .filter(({ result }) => !HARMLESS.includes(result.errorCode))
      .map(({ topic, partition, result }) => ({ topic, partition, reason: reasonOf(result) })),
  };
}

const HARMLESS: readonly number[] = [ERROR.none, ERROR.electionNotNeeded];

function reasonOf({ errorCode, errorMessage }: { errorCode: number; errorMessage: string | null }): string {
  return errorMessage === null ? errorName(errorCode) : `${errorName(errorCode)} (${errorMessage})`;
}
