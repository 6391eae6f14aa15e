import type { Consumer, Kafka } from 'kafkajs';
import { type LibraryMember, untilFormed } from '../library-group.ts';

/**
 * Has kafkajs's consumers form their group, and waits until all partitions are assigned.
 *
 * @throws Error where they are not before the signal fires
 */
export async function formKafkajsGroup(
  group: string,
  kafkas: readonly Kafka[],
  { topic, partitions }: { topic: string; partitions: number },
  signal: AbortSignal,
): Promise<LibraryMember[]> {
  const members = await Promise.all(kafkas.map((kafka) => join(kafka, group, topic)));
  const assigned = () => new Set(members.flatMap((member) => member.partitions)).size;
  // Each counts its own generations: kafkajs does not tell the group's.
  const isFormed = () => assigned() === partitions && members.every(({ generation }) => generation > 0);
  await untilFormed(group, isFormed, signal);
  return members;
}

async function join(kafka: Kafka, groupId: string, topic: string): Promise<LibraryMember> {
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 250 });
  const member: LibraryMember = {
    generation: 0,
    partitions: [],
    positions: new Map(),
    onJoin: () => undefined,
    onRecord: () => undefined,
    commit: () => commit(consumer, topic, [...member.positions]),
    leave: () => consumer.disconnect(),
  };
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    member.generation += 1;
    member.partitions = payload.memberAssignment[topic] ?? [];
    member.positions = new Map();
    member.onJoin();
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async (payload) => {
      const { partition, messages } = payload.batch;
      for (const { offset, value } of messages) {
        if (!payload.isRunning() || payload.isStale()) break;
        member.onRecord(partition, Number(offset), value, -1);
        member.positions.set(partition, Number(offset) + 1);
        payload.resolveOffset(offset);
      }
      await payload.heartbeat();
    },
  });
  return member;
}

async function commit(consumer: Consumer, topic: string, offsets: [partition: number, offset: number][]) {
  const asked = offsets.map(([partition, offset]) => ({ topic, partition, offset: String(offset) }));
  await consumer.commitOffsets(asked);
  return { offsets };
}
