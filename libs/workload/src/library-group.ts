import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@kafka-ha/base';
import type { OffsetRow } from '@kafka-ha/history';
import { commitEveryMs, endConsuming, type Consuming, type ConsumingOptions } from './consumer-group.ts';
import type { Client } from './form-group.ts';
import { coordinatorOf, Membership } from './kafka/membership.ts';
import { orAborted } from './or-aborted.ts';
import { decodePayload } from './payload.ts';
import { pause } from './pause.ts';

/** One consumer of a library that applications use, and what it was assigned last. */
export type LibraryMember = {
  generation: number;
  partitions: readonly number[];
  /** The next record to read of each partition that it has read since. */
  positions: Map<number, number>;
  onJoin: () => void;
  /** `epoch`: -1 where the library does not tell that of the leader. */
  onRecord: (partition: number, offset: number, value: Buffer | null, epoch: number) => void;
  commit: () => Promise<LibraryCommit>;
  leave: () => Promise<unknown>;
};

/** With an error it may be kept all the same: no library says which of its attempts reached a broker. */
export type LibraryCommit = { offsets: readonly OffsetRow[]; error?: string };

const lookAroundMs = 50;
const coordinatorEveryMs = 1_000;
const leaveWithinMs = 5_000;

/** Waits until `isFormed`. @throws Error where it is not before the signal fires */
export async function untilFormed(
  group: string,
  isFormed: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  while (!isFormed()) {
    if (signal.aborted) throw new Error(`the consumers did not form their group ${group} in time`);
    await pause(lookAroundMs, signal);
  }
}

/**
 * Has a library's consumers read, and commits what they have read. What the group has committed is asked for at the end alone, of
 * a client of our own: while a coordinator fails over, another connection than the one of the commits may be given older news.
 */
export function consumeWithLibrary(
  group: string,
  members: readonly LibraryMember[],
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
    each.onRecord = (partition, offset, value, epoch) => {
      const id = decodePayload(value);
      if (!id) recorder.corrupt('group', partition, offset);
      else if (id.run !== run || id.partition !== partition)
        recorder.foreign('group', partition, offset, id.run, id.partition, id.seq);
      else recorder.read('group', { partition, offset, seq: id.seq, epoch, ms: now() });
      read[partition] = Math.max(read[partition] ?? 0, offset + 1);
    };
  }

  async function commit(member: number, each: LibraryMember): Promise<boolean> {
    const sentMs = now();
    const asked = [...each.positions];
    if (asked.length === 0) return true;
    const { offsets, error } = await orAborted(each.commit(), giveUp.signal).catch(
      (error: unknown): LibraryCommit => ({ offsets: asked, error: messageOf(error) }),
    );
    const told = { kind: 'commit', sentMs, member, offsets, coordinator } as const;
    if (error === undefined) recorder.tell({ ...told, ms: now(), outcome: 'acked' });
    else recorder.tell({ ...told, ms: now(), outcome: 'unknown', error });
    return error === undefined;
  }

  async function keepCommitting(member: number, each: LibraryMember): Promise<boolean> {
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
      const left = Promise.allSettled(members.map((member) => member.leave()));
      await Promise.race([left, sleep(leaveWithinMs)]);
      await membership.deleteGroup();
      if (!end.complete || isTold) return end;
      return { complete: false, reason: 'nobody told what was committed at the end' };
    },
  };
}
