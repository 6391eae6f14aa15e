import { createBackoff } from './kafka/backoff.ts';
import { sessionTimeoutMs, type Position } from './kafka/group-requests.ts';
import type { Client, Member } from './form-group.ts';
import type { Assignment, Membership } from './kafka/membership.ts';
import type { Routes } from './kafka/routes.ts';
import { readTopic } from './reader.ts';
import type { Recorder } from './recorder.ts';
import { pause } from './pause.ts';

/**
 * Java's consumer commits every five seconds; by these the coordinator's failover is timed. Each is told for every partition: of a
 * thousand that would be most of the history.
 */
export function commitEveryMs(partitions: number): number {
  return 200 + partitions;
}

/** Then there are a heartbeat and a look at what is committed. */
const commitsPerLook = 5;
const lookAroundMs = 50;
/** The session of a member that is gone, after which the group goes on without it, and time to form it anew. */
const endWithinMs = sessionTimeoutMs + 15_000;

export type ConsumingOptions = {
  run: string;
  recorder: Recorder;
  now: () => number;
  /** Per partition, where a group begins that has committed nothing yet. */
  startOffsets: readonly number[];
};

/** A group that reads all the time and commits. */
export type Consuming = {
  /** Reads on to these offsets, commits, and leaves the group. Gives up rather than hang. */
  end: (to: readonly number[]) => Promise<GroupEnd>;
};

/** How a group came to its end, as the history tells it. */
export type GroupEnd = { complete: boolean; reason?: string };

/**
 * Has every member read what it is assigned, from what the group has committed on, as a consumer does that joins or starts
 * again.
 */
export function consume(members: readonly Member[], options: ConsumingOptions): Consuming {
  const stop = new AbortController();
  const giveUp = new AbortController();
  const read = [...options.startOffsets];
  const onRead = (partition: number, offset: number) => {
    read[partition] = Math.max(read[partition] ?? 0, offset);
  };
  const consumers = members.map((member, index) =>
    consumeAs(index, member, { ...options, onRead, stop: stop.signal, giveUp: giveUp.signal }),
  );
  return {
    end: async (to) => {
      const end = await endConsuming(to, { read, stop, giveUp, consumers });
      // Together: whoever stays would have to join again.
      await Promise.all(members.map(({ membership }) => membership.leave()));
      await members[0]?.membership.deleteGroup();
      return end;
    },
  };
}

/** Waits until the consumers have read to these offsets, stops them, and waits until they have committed it. */
export async function endConsuming(
  to: readonly number[],
  {
    read,
    stop,
    giveUp,
    consumers,
  }: {
    /** Per partition, the next offset that none of them has read. */
    read: readonly number[];
    stop: AbortController;
    giveUp: AbortController;
    /** Each settles with whether it could commit what it had read. */
    consumers: readonly Promise<boolean>[];
  },
): Promise<GroupEnd> {
  const timer = setTimeout(() => giveUp.abort(), endWithinMs);
  const short = () => to.findIndex((end, partition) => (read[partition] ?? 0) < end);
  while (short() >= 0 && !giveUp.signal.aborted) await pause(lookAroundMs, giveUp.signal);
  stop.abort();
  const ended = await Promise.all(consumers);
  clearTimeout(timer);
  const partition = short();
  const within = `within ${endWithinMs / 1000} s`;
  if (partition >= 0) {
    const reason = `partition ${partition} was read to offset ${read[partition]} of ${to[partition]} ${within}`;
    return { complete: false, reason };
  }
  return ended.every(Boolean)
    ? { complete: true }
    : { complete: false, reason: `what was read could not be committed ${within}` };
}

type MemberOptions = ConsumingOptions & {
  onRead: (partition: number, nextOffset: number) => void;
  /** When all is read, and at last when it has to have ended. */
  stop: AbortSignal;
  giveUp: AbortSignal;
};

/** Whether it could commit what it had read at the end. */
async function consumeAs(
  index: number,
  { client, membership, first }: Member,
  options: MemberOptions,
): Promise<boolean> {
  for (
    let assignment: Assignment | null = first;
    assignment !== null;
    assignment = await membership.join(options.giveUp)
  ) {
    const commits = new Commits(index, membership, options);
    if (await readAssigned(assignment, commits, client, options)) return true;
  }
  return false;
}

/** Reads and commits until the group is formed anew; true where it came to its end before, and could commit. */
async function readAssigned(
  { generation, partitions }: Assignment,
  commits: Commits,
  { routes, connections }: Client,
  options: MemberOptions,
): Promise<boolean> {
  const { run, recorder, now, startOffsets, onRead, stop, giveUp } = options;
  recorder.tell({ kind: 'assigned', ms: now(), member: commits.member, generation, partitions });
  const begun = await commits.lookUntilTold(partitions);
  if (begun === null) return false;
  const positions = new Map(
    begun.map(({ partition, offset }) => [partition, offset >= 0 ? offset : (startOffsets[partition] ?? 0)]),
  );
  const rebalanced = new AbortController();
  const signal = AbortSignal.any([rebalanced.signal, giveUp]);
  const only = new Set(partitions);
  const from = startOffsets.map((start, partition) => positions.get(partition) ?? start);
  const keep = (partition: number, offset: number) => {
    positions.set(partition, offset);
    onRead(partition, offset);
  };
  const reader = { run, recorder, routes, connections, now };
  void readTopic({ ...reader, pass: 'group', only, from, onRead: keep, signal });
  void findLeaders(partitions, routes, signal);
  try {
    for (let turn = 1; !giveUp.aborted; turn += 1) {
      await pause(commitEveryMs(partitions.length), stop);
      const isLast = stop.aborted;
      const done = await commits.commit(positions);
      if (done === 'rejoin') return false;
      if (isLast && done === 'committed') return (await commits.tellCommitted(partitions)) !== null;
      if (isLast) await pause(lookAroundMs, giveUp);
      else if (turn % commitsPerLook === 0 && (await commits.look(partitions)) === 'rejoin') {
        await commits.commit(positions);
        return false;
      }
    }
    return false;
  } finally {
    rebalanced.abort();
  }
}

/** What one member commits, and sees committed, and tells of it. */
class Commits {
  readonly member: number;
  readonly #membership: Membership;
  readonly #options: MemberOptions;

  constructor(member: number, membership: Membership, options: MemberOptions) {
    this.member = member;
    this.#membership = membership;
    this.#options = options;
  }

  async commit(positions: ReadonlyMap<number, number>): Promise<'committed' | 'refused' | 'rejoin'> {
    if (positions.size === 0) return 'committed';
    const { recorder, now } = this.#options;
    const sentMs = now();
    const offsets = [...positions];
    const asked = offsets.map(([partition, offset]): Position => ({ partition, offset }));
    const { coordinator } = this.#membership;
    const answer = await this.#membership.commit(asked);
    const told = { kind: 'commit', ms: now(), sentMs, member: this.member, coordinator, offsets } as const;
    if (answer.kind === 'answered') {
      recorder.tell({ ...told, coordinator: this.#membership.coordinator, outcome: 'acked' });
      return 'committed';
    }
    const { error, arrived, rejoin } = answer;
    recorder.tell({ ...told, outcome: arrived ? 'unknown' : 'refused', error });
    return rejoin ? 'rejoin' : 'refused';
  }

  /** A heartbeat, and what a member would be told that began to read now. */
  async look(partitions: readonly number[]): Promise<'told' | 'refused' | 'rejoin'> {
    const beat = await this.#membership.heartbeat();
    if (beat.kind === 'refused') return beat.rejoin ? 'rejoin' : 'refused';
    return (await this.tellCommitted(partitions)) === null ? 'refused' : 'told';
  }

  /** Null where that takes longer than it may. */
  async lookUntilTold(partitions: readonly number[]): Promise<readonly Position[] | null> {
    const { giveUp } = this.#options;
    const backoff = createBackoff();
    while (!giveUp.aborted) {
      const offsets = await this.tellCommitted(partitions);
      if (offsets !== null) return offsets;
      await pause(backoff(), giveUp);
    }
    return null;
  }

  /** Null where the coordinator did not say. */
  async tellCommitted(partitions: readonly number[]): Promise<readonly Position[] | null> {
    const { recorder, now } = this.#options;
    const askedMs = now();
    const answer = await this.#membership.committed(partitions);
    if (answer.kind === 'refused') return null;
    const offsets = answer.answer.offsets.map(({ partition, offset }) => [partition, offset] as const);
    recorder.tell({ kind: 'committed', ms: now(), askedMs, offsets });
    return answer.answer.offsets;
  }
}

/** A reader asks again when a leader refuses it; of a partition that has none it would hear nothing more. */
async function findLeaders(
  partitions: readonly number[],
  routes: Routes,
  signal: AbortSignal,
): Promise<void> {
  let backoff = createBackoff();
  while (!signal.aborted) {
    if (partitions.every((partition) => routes.leaderOf(partition) !== null)) backoff = createBackoff();
    else await routes.refresh().catch(() => undefined);
    await pause(backoff(), signal);
  }
}
