import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, Kafka } from 'kafkajs';
import { commitEveryMs, endConsuming, type Consuming, type ConsumingOptions } from '../consumer-group.ts';
import type { Client } from '../form-group.ts';
import { coordinatorOf, Membership } from '../kafka/membership.ts';
import { decodePayload } from '../payload.ts';
import { orAborted } from './or-aborted.ts';

/** One consumer of kafkajs, and what it was assigned last. */
export type KafkajsMember = {
  consumer: Consumer;
  /** Counts how often it has joined. */
  generation: number;
  partitions: readonly number[];
  /** The next record to read of each partition that it has read since. */
  positions: Map<number, number>;
  onJoin: () => void;
  onRecord: (partition: number, offset: number, value: Buffer | null) => void;
};

const lookAroundMs = 50;
const coordinatorEveryMs = 1_000;
const leaveWithinMs = 5_000;

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
): Promise<KafkajsMember[]> {
  const members = await Promise.all(kafkas.map((kafka) => join(kafka, group, topic)));
  const assigned = () => new Set(members.flatMap((member) => member.partitions)).size;
  while (assigned() < partitions || members.some(({ generation }) => generation === 0)) {
    if (signal.aborted) throw new Error(`the consumers did not form their group ${group} in time`);
    await pause(lookAroundMs, signal);
  }
  return members;
}

async function join(kafka: Kafka, groupId: string, topic: string): Promise<KafkajsMember> {
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 250 });
  const member: KafkajsMember = {
    consumer,
    generation: 0,
    partitions: [],
    positions: new Map(),
    onJoin: () => undefined,
    onRecord: () => undefined,
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
        member.onRecord(partition, Number(offset), value);
        member.positions.set(partition, Number(offset) + 1);
        payload.resolveOffset(offset);
      }
      await payload.heartbeat();
    },
  });
  return member;
}

/**
 * Has kafkajs's consumers read, and commits what they have read. What the group has committed is asked for at the end alone, of
 * a client of our own: while a coordinator fails over, another connection than the one of the commits may be given older news.
 */
export function consumeWithKafkajs(
  group: string,
  members: readonly KafkajsMember[],
  observer: Client,
  { run, recorder, now, startOffsets }: ConsumingOptions,
): Consuming {
  const stop = new AbortController();
  const giveUp = new AbortController();
  const read = [...startOffsets];
  let coordinator = -1;

  for (const [member, each] of members.entries()) {
    each.onJoin = () => {
      const { generation, partitions } = each;
      recorder.tell({ kind: 'assigned', ms: now(), member, generation, partitions });
    };
    each.onJoin();
    each.onRecord = (partition, offset, value) => {
      const id = decodePayload(value);
      if (!id) recorder.corrupt('group', partition, offset);
      else if (id.run !== run || id.partition !== partition)
        recorder.foreign('group', partition, offset, id.run, id.partition, id.seq);
      else recorder.read('group', { partition, offset, seq: id.seq, epoch: -1, ms: now() });
      read[partition] = Math.max(read[partition] ?? 0, offset + 1);
    };
  }

  async function commit(member: number, { consumer, positions }: KafkajsMember): Promise<boolean> {
    const sentMs = now();
    const offsets = [...positions];
    if (offsets.length === 0) return true;
    const asked = offsets.map(([partition, offset]) => ({ topic, partition, offset: String(offset) }));
    const told = { kind: 'commit', sentMs, member, offsets } as const;
    try {
      await orAborted(consumer.commitOffsets(asked), giveUp.signal);
      recorder.tell({ ...told, coordinator, ms: now(), outcome: 'acked' });
      return true;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      recorder.tell({ ...told, coordinator, ms: now(), outcome: 'unknown', error: text });
      return false;
    }
  }

  async function keepCommitting(member: number, each: KafkajsMember): Promise<boolean> {
    while (!giveUp.signal.aborted) {
      const pauseMs = commitEveryMs(each.positions.size);
      await pause(pauseMs, stop.signal.aborted ? giveUp.signal : stop.signal);
      const isLast = stop.signal.aborted;
      const isCommitted = await commit(member, each);
      if (isLast && isCommitted) return true;
    }
    return false;
  }

  async function watchCoordinator(): Promise<void> {
    while (!stop.signal.aborted) {
      const found = await coordinatorOf(group, observer.routes, observer.connections).catch(() => null);
      coordinator = found?.broker ?? coordinator;
      await pause(coordinatorEveryMs, stop.signal);
    }
  }

  const { topic } = observer.routes;
  const consumers = members.map((each, member) => keepCommitting(member, each));
  void watchCoordinator();
  return {
    end: async (to) => {
      const end = await endConsuming(to, { read, stop, giveUp, consumers });
      const membership = new Membership(group, observer);
      const askedMs = now() + 1;
      await sleep(2); // the last commit was acknowledged before that
      const committed = await membership.committed(startOffsets.map((_, partition) => partition));
      const isTold = committed.kind === 'answered';
      if (isTold) {
        const offsets = committed.answer.offsets.map(({ partition, offset }) => [partition, offset] as const);
        recorder.tell({ kind: 'committed', ms: now(), askedMs, offsets });
      }
      const left = Promise.allSettled(members.map(({ consumer }) => consumer.disconnect()));
      await Promise.race([left, sleep(leaveWithinMs)]);
      await membership.deleteGroup();
      if (!end.complete || isTold) return end;
      return { complete: false, reason: 'nobody told what was committed at the end' };
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
