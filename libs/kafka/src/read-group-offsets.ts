import { messageOf, KafkaHaError } from '@kafka-ha/base';
import { ERROR, listGroupsApi, offsetFetchApi } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';

/** The next record of a partition that a consumer group would read, as it has committed it last. */
export type GroupOffset = { group: string; topic: string; partition: number; offset: number };

/** Share groups keep no offsets that could be asked for like this. */
const otherProtocol = 'share';

/**
 * What every consumer group has committed. Each broker tells of the groups that it coordinates; those of one that is away are with
 * another one a moment later, so it is passed over.
 *
 * @throws KafkaHaError `kafka-unreachable` where no broker answers.
 */
export async function readGroupOffsets(
  kafka: KafkaConnection,
  brokerIds: readonly number[],
): Promise<GroupOffset[]> {
  const reasons: string[] = [];
  const offsets = await Promise.all(
    brokerIds.map(async (id) => {
      try {
        return await readCommitted(kafka, id, await readCoordinated(kafka, id));
      } catch (error) {
        reasons.push(messageOf(error));
        return [];
      }
    }),
  );
  if (reasons.length === brokerIds.length) throw nobodyTells(reasons);
  return offsets.flat();
}

/**
 * The same in parts, each what so many groups have committed: for who cannot hold what thousands of groups have.
 *
 * @throws KafkaHaError `kafka-unreachable` where no broker answers.
 */
export async function* groupOffsetsInParts(
  kafka: KafkaConnection,
  brokerIds: readonly number[],
  groupsAtOnce: number,
): AsyncGenerator<GroupOffset[]> {
  const reasons: string[] = [];
  const passOver = (error: unknown) => {
    reasons.push(messageOf(error));
    return [];
  };
  const coordinated = await Promise.all(
    brokerIds.map(async (id) => ({ id, groups: await readCoordinated(kafka, id).catch(passOver) })),
  );
  for (const { id, groups } of coordinated)
    for (let at = 0; at < groups.length; at += groupsAtOnce) {
      const failed = reasons.length;
      yield await readCommitted(kafka, id, groups.slice(at, at + groupsAtOnce)).catch(passOver);
      if (reasons.length > failed) break;
    }
  if (reasons.length === brokerIds.length) throw nobodyTells(reasons);
}

function nobodyTells(reasons: readonly string[]): KafkaHaError {
  return new KafkaHaError(
    'kafka-unreachable',
    `no broker tells its consumer groups: ${[...new Set(reasons)].join('; ')}`,
  );
}

async function readCoordinated(kafka: KafkaConnection, brokerId: number): Promise<string[]> {
  const { groups } = await kafka.askBroker(brokerId, listGroupsApi, {});
  return groups.filter(({ protocolType }) => protocolType !== otherProtocol).map(({ groupId }) => groupId);
}

async function readCommitted(
  kafka: KafkaConnection,
  brokerId: number,
  groupIds: readonly string[],
): Promise<GroupOffset[]> {
  if (groupIds.length === 0) return [];
  const groups = groupIds.map((groupId) => ({ groupId, topics: null }));
  const answer = await kafka.askBroker(brokerId, offsetFetchApi, { groups, requireStable: false });
  // A coordinator that is just taking over a group, or has lost it, has an error for it: it is told of the next time.
  return answer.groups
    .filter(({ errorCode }) => errorCode === ERROR.none)
    .flatMap(({ groupId: group, topics }) =>
      topics.flatMap(({ name: topic, partitions }) =>
        partitions
          .filter(({ errorCode, committedOffset }) => errorCode === ERROR.none && committedOffset >= 0)
          .map(({ index: partition, committedOffset: offset }) => ({ group, topic, partition, offset })),
      ),
    );
}
