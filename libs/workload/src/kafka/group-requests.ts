import {
  consumerAssignment,
  consumerSubscription,
  COORDINATED,
  decode,
  deleteGroupsApi,
  encode,
  findCoordinatorApi,
  heartbeatApi,
  joinGroupApi,
  leaveGroupApi,
  offsetCommitApi,
  offsetFetchApi,
  syncGroupApi,
} from '@kafka-ha/kafka-protocol';
import { request, type PartitionOffset, type Request } from './requests.ts';

/** A member of a group in one of its generations. */
export type Member = { group: string; id: string; generation: number };

/** The defaults of Java's consumer, but for the time in which all have to join again: nobody waits that long in a drill. */
export const sessionTimeoutMs = 45_000;
export const rebalanceTimeoutMs = 10_000;

const chosen = { protocolType: 'consumer', protocolName: 'range' };

export function findCoordinator(
  group: string,
): Request<{ errorCode: number; broker: number; address: string }> {
  return request(
    findCoordinatorApi,
    () => ({ key: group, keyType: COORDINATED.group }),
    ({ errorCode, nodeId, host, port }) => ({ errorCode, broker: nodeId, address: `${host}:${port}` }),
  );
}

/** `memberIds` where this one is the leader, who has to assign. */
export type Joined = { errorCode: number; id: string; generation: number; memberIds: string[] };

export function joinGroup(group: string, memberId: string, topic: string): Request<Joined> {
  const metadata = encode(consumerSubscription, { version: 0, topics: [topic], userData: null });
  return request(
    joinGroupApi,
    () => ({
      groupId: group,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      memberId,
      groupInstanceId: null,
      protocolType: chosen.protocolType,
      protocols: [{ name: chosen.protocolName, metadata }],
    }),
    ({ errorCode, memberId: id, generationId: generation, leader, members }) => ({
      errorCode,
      id,
      generation,
      memberIds: id === leader ? members.map((member) => member.memberId) : [],
    }),
  );
}

/** Answered with the partitions that this member is to read. */
export function syncGroup(
  member: Member,
  topic: string,
  assigned: ReadonlyMap<string, readonly number[]>,
): Request<{ errorCode: number; partitions: number[] }> {
  return request(
    syncGroupApi,
    () => ({
      ...fieldsOf(member),
      ...chosen,
      assignments: [...assigned].map(([memberId, partitions]) => ({
        memberId,
        assignment: encode(consumerAssignment, {
          version: 0,
          topics: [{ name: topic, partitions }],
          userData: null,
        }),
      })),
    }),
    ({ errorCode, assignment }) => ({
      errorCode,
      partitions:
        assignment.length === 0
          ? []
          : decode(consumerAssignment, assignment).topics.flatMap(({ partitions }) => partitions),
    }),
  );
}

export function heartbeat(member: Member): Request<{ errorCode: number }> {
  return request(heartbeatApi, () => fieldsOf(member), readError);
}

export function leaveGroup(member: Member): Request<{ errorCode: number }> {
  const asked = { groupId: member.group, members: [{ memberId: member.id, groupInstanceId: null }] };
  return request(leaveGroupApi, () => asked, readError);
}

export function deleteGroup(group: string): Request<{ errorCode: number }> {
  return request(
    deleteGroupsApi,
    () => ({ groups: [group] }),
    ({ results: [result] }) => ({ errorCode: result?.errorCode ?? 0 }),
  );
}

/** `offset`: the next record that the group is to read of the partition. */
export type Position = { partition: number; offset: number };

export function commitOffsets(
  member: Member,
  topic: string,
  positions: readonly Position[],
): Request<{ errorCode: number }> {
  return request(
    offsetCommitApi,
    () => ({
      ...fieldsOf(member),
      topics: [
        {
          name: topic,
          partitions: positions.map(({ partition, offset }) => ({
            index: partition,
            committedOffset: offset,
            committedLeaderEpoch: -1,
            metadata: '',
          })),
        },
      ],
    }),
    ({ topics }) => {
      const codes = topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
      return { errorCode: codes.find((code) => code !== 0) ?? 0 };
    },
  );
}

/** What the group has committed; -1 where it has nothing. */
export function committedOffsets(
  group: string,
  topic: string,
  partitions: readonly number[],
): Request<{ errorCode: number; offsets: PartitionOffset[] }> {
  return request(
    offsetFetchApi,
    // As Java's consumer asks: a new coordinator otherwise tells what it knew to be on enough brokers before it took over.
    () => ({ groups: [{ groupId: group, topics: [{ name: topic, partitions }] }], requireStable: true }),
    ({ groups: [answer] }) => {
      const offsets = (answer?.topics ?? [])
        .flatMap((topic) => topic.partitions)
        .map(({ index, errorCode, committedOffset }) => ({
          partition: index,
          errorCode,
          offset: committedOffset,
        }));
      const code = answer?.errorCode || offsets.find(({ errorCode }) => errorCode !== 0)?.errorCode;
      return { errorCode: code ?? 0, offsets };
    },
  );
}

function fieldsOf({ group, id, generation }: Member) {
  return { groupId: group, generationId: generation, memberId: id, groupInstanceId: null };
}

function readError({ errorCode }: { errorCode: number }): { errorCode: number } {
  return { errorCode };
}
