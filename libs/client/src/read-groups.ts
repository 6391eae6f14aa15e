import { readEndOffsets, readTopics, type EndOffsets } from '@kafka-ha/kafka';
import type { Admin } from 'kafkajs';
import { kafkajsError } from './kafkajs-error.ts';
import type { Client } from './open-client.ts';

export type Group = {
  group: string;
  /** In Kafka's words, e.g. `Stable` or `Empty`; null where it does not tell: of groups with the protocol of Kafka 4. */
  state: string | null;
  /** Null as well. */
  members: number | null;
  /** Those that it has committed an offset of, by name. */
  topics: readonly GroupTopic[];
};

export type GroupTopic = {
  topic: string;
  /** Records between what is committed and the end, of all its partitions; null where the end of one is not known. */
  lag: number | null;
  partitions: readonly { partition: number; committed: number; end: number | null; lag: number | null }[];
};

/** All consumer groups, by name. Throws `kafka-unreachable` or `kafka-refused`. */
export async function readGroups({ kafka, kafkajs }: Client): Promise<Group[]> {
  const admin = kafkajs.admin();
  try {
    await admin.connect();
    const { groups } = await admin.listGroups();
    const ids = groups.filter(({ protocolType }) => isConsumer(protocolType)).map(({ groupId }) => groupId);
    if (ids.length === 0) return [];
    const [states, offsets] = await Promise.all([statesOf(admin, ids), committedOf(admin, ids)]);
    const names = new Set([...offsets.values()].flat().map(({ topic }) => topic));
    const ends = await readEndOffsets(kafka, await readTopics(kafka, [...names]));
    return ids.sort().map((group) => ({
      group,
      ...(states.get(group) ?? { state: null, members: null }),
      topics: (offsets.get(group) ?? []).map((topic) => lagOf(topic, ends)),
    }));
  } catch (error) {
    throw kafkajsError('the groups cannot be read', error);
  } finally {
    await admin.disconnect();
  }
}

/** A group that only commits offsets has no protocol. Those of Kafka Connect and of queues hold no offsets of a topic. */
function isConsumer(protocolType: string): boolean {
  return protocolType === 'consumer' || protocolType === '';
}

async function statesOf(admin: Admin, ids: string[]): Promise<Map<string, Pick<Group, 'state' | 'members'>>> {
  const { groups } = await admin.describeGroups(ids);
  // A broker says of a group whose protocol the question does not cover that it is dead, though it lists it.
  const told = groups.filter(({ state }) => state !== 'Dead');
  return new Map(told.map(({ groupId, state, members }) => [groupId, { state, members: members.length }]));
}

type Committed = { topic: string; partitions: { partition: number; committed: number }[] };

async function committedOf(admin: Admin, ids: readonly string[]): Promise<Map<string, Committed[]>> {
  const all = ids.map(async (groupId) => {
    const offsets = await admin.fetchOffsets({ groupId });
    const topics = offsets.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions
        .map(({ partition, offset }) => ({ partition, committed: Number(offset) }))
        .filter(({ committed }) => committed >= 0)
        .sort((a, b) => a.partition - b.partition),
    }));
    return [groupId, topics.sort((a, b) => (a.topic < b.topic ? -1 : 1))] as const;
  });
  return new Map(await Promise.all(all));
}

function lagOf({ topic, partitions }: Committed, ends: readonly EndOffsets[]): GroupTopic {
  const offsets = ends.find((each) => each.topic === topic)?.offsets;
  const lags = partitions.map(({ partition, committed }) => {
    const end = offsets?.get(partition) ?? null;
    return { partition, committed, end, lag: end === null ? null : Math.max(0, end - committed) };
  });
  const isKnown = lags.every(({ lag }) => lag !== null);
  return {
    topic,
    lag: isKnown ? lags.reduce((sum, { lag }) => sum + (lag ?? 0), 0) : null,
    partitions: lags,
  };
}
