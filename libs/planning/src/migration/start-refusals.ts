import { count } from '@kafka-ha/base';
import { kafkaVersionRefusal, migratedRelease } from '@kafka-ha/config';

/** What is read of a cluster that is about to leave ZooKeeper. */
export type StartFacts = {
  /** By broker: its binaries, where the tag of its image tells them, and the protocol that it runs with. */
  brokers: readonly { id: number; version?: string; protocol: string | null }[];
  /** What a deployment of the file would change now. */
  undeployed: readonly string[];
  /** Partitions that are being moved, and topics that are being deleted. */
  moving: readonly string[];
  deleting: readonly string[];
  /** Topics without an id in ZooKeeper, and by broker the logs without one. */
  topicsWithoutId: readonly string[];
  logsWithoutId: readonly { broker: number; folder: string }[];
  /** What is kept under `/migration`; null: nothing. */
  migrationNode: string | null;
};

export type MigrationRefusal = { why: string; hint: string; details?: readonly string[] };

/** Why a cluster cannot leave ZooKeeper now, each with what to do; none: it can. */
export function startRefusals(facts: StartFacts): MigrationRefusal[] {
  const { brokers, undeployed, moving, deleting, topicsWithoutId, logsWithoutId, migrationNode } = facts;
  const older = brokers.filter(
    ({ version }) => version !== undefined && kafkaVersionRefusal('migrating', version) !== undefined,
  );
  const otherProtocol = brokers.filter(({ protocol }) => protocol?.split('-')[0] !== migratedRelease);
  return [
    ...refusal(
      older.map(({ id, version }) => `broker ${id} runs ${version}`),
      'Not every broker runs Kafka 3.9.2.',
      'Run kafka-ha upgrade --kafka 3.9.2 first.',
    ),
    ...refusal(
      otherProtocol.map(({ id, protocol }) => `broker ${id} has ${protocol ?? 'none'}`),
      `Not every broker has the protocol ${migratedRelease}, which alone the controllers take over.`,
      'Run kafka-ha upgrade --finalize first.',
    ),
    ...refusal(
      undeployed,
      'The cluster is not what its file says.',
      'Run kafka-ha plan, then kafka-ha deploy, so that the migration changes nothing else.',
    ),
    ...refusal(
      moving,
      `Replicas of ${count(moving.length, 'partition')} are being moved.`,
      'Wait until they are there, or run kafka-ha scale --abort.',
    ),
    ...refusal(
      deleting,
      `${count(deleting.length, 'topic is', 'topics are')} being deleted.`,
      'Wait until they are gone; a broker that is away keeps them from going.',
    ),
    ...refusal(
      topicsWithoutId,
      `${count(topicsWithoutId.length, 'topic has', 'topics have')} no id in ZooKeeper.`,
      'The controller gives them one when it is elected: run kafka-ha roll --restart, then this again.',
    ),
    ...refusal(
      logsWithoutId.map(({ broker, folder }) => `broker ${broker}: ${folder}`),
      `${count(logsWithoutId.length, 'log does', 'logs do')} not say to which topic it belongs: a broker with controllers would set it aside.`,
      'Run kafka-ha roll --restart, by which brokers write it down, then this again. A folder of no topic is to be deleted by hand.',
    ),
    ...(migrationNode === null
      ? []
      : [
          {
            why: 'ZooKeeper has the node /migration of an earlier migration: with it, controllers that are empty would take their emptiness for the truth and delete all topics from ZooKeeper.',
            hint: 'Run kafka-ha migrate --back, which removes it.',
            details: [migrationNode],
          },
        ]),
  ];
}

function refusal(details: readonly string[], why: string, hint: string): MigrationRefusal[] {
  return details.length === 0 ? [] : [{ why, hint, details }];
}
