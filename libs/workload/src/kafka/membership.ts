import { ERROR, errorName } from '@kafka-ha/kafka-protocol';
import { createBackoff } from './backoff.ts';
import { NoAnswer } from './connection.ts';
import type { Brokers } from './connections.ts';
import {
  commitOffsets,
  committedOffsets,
  deleteGroup,
  findCoordinator,
  heartbeat,
  joinGroup,
  leaveGroup,
  rebalanceTimeoutMs,
  syncGroup,
  type Joined,
  type Position,
} from './group-requests.ts';
import type { Request } from './requests.ts';
import type { Routes } from './routes.ts';
import { pause } from '../pause.ts';

/** What a member is to read, until the group is formed anew. */
export type Assignment = { generation: number; partitions: readonly number[] };

export type Answer<T> =
  | { kind: 'answered'; answer: T }
  /** `arrived`: what was asked may have been done all the same. `rejoin`: the group is formed anew. */
  | { kind: 'refused'; error: string; arrived: boolean; rejoin: boolean; answer?: T };

const askTimeoutMs = 2_000;
/** The coordinator answers once everybody has joined, or has had time to. */
const joinTimeoutMs = rebalanceTimeoutMs + 5_000;

/**
 * One consumer's place in its group, as Java's consumer keeps it: asks the coordinator, looks for it again when it has moved
 * or does not answer, joins again when the group is formed anew.
 */
export class Membership {
  readonly group: string;
  readonly #routes: Routes;
  readonly #connections: Brokers;
  #coordinator: { broker: number; address: string } | null = null;
  #id = '';
  #generation = -1;

  constructor(group: string, { routes, connections }: { routes: Routes; connections: Brokers }) {
    this.group = group;
    this.#routes = routes;
    this.#connections = connections;
  }

  /** The broker that coordinates the group, as far as is known; -1 where nobody is known to. */
  get coordinator(): number {
    return this.#coordinator?.broker ?? -1;
  }

  /** Tries until it is in; null where the signal fires before. */
  async join(signal: AbortSignal): Promise<Assignment | null> {
    const backoff = createBackoff();
    while (!signal.aborted) {
      const joined = await this.#ask(joinGroup(this.group, this.#id, this.#routes.topic), joinTimeoutMs);
      const { id = this.#id } = joined.answer ?? {};
      if (joined.kind === 'answered') {
        this.#id = id;
        const assignment = await this.#sync(joined.answer);
        if (assignment !== null) return assignment;
      } else if (joined.error === errorName(ERROR.memberIdRequired)) {
        this.#id = id;
        continue;
      }
      await pause(backoff(), signal);
    }
    return null;
  }

  async commit(positions: readonly Position[]): Promise<Answer<unknown>> {
    return this.#ask(
      commitOffsets(this.#member, this.#routes.topic, positions),
      this.#connections.requestTimeoutMs,
    );
  }

  /** -1 for a partition of which nothing is committed. */
  async committed(partitions: readonly number[]): Promise<Answer<{ offsets: readonly Position[] }>> {
    return this.#ask(
      committedOffsets(this.group, this.#routes.topic, partitions),
      this.#connections.requestTimeoutMs,
    );
  }

  async heartbeat(): Promise<Answer<unknown>> {
    return this.#ask(heartbeat(this.#member), this.#connections.requestTimeoutMs);
  }

  async leave(): Promise<void> {
    await this.#ask(leaveGroup(this.#member), askTimeoutMs);
  }

  /** Once all have left, so that nobody is told of it any more. */
  async deleteGroup(): Promise<void> {
    await this.#ask(deleteGroup(this.group), askTimeoutMs);
  }

  get #member() {
    return { group: this.group, id: this.#id, generation: this.#generation };
  }

  async #sync({ generation, memberIds }: Joined): Promise<Assignment | null> {
    this.#generation = generation;
    const assigned = assign(memberIds, this.#routes.partitions);
    const synced = await this.#ask(syncGroup(this.#member, this.#routes.topic, assigned), joinTimeoutMs);
    return synced.kind === 'answered' ? { generation, partitions: synced.answer.partitions } : null;
  }

  async #ask<T extends { errorCode: number }>(request: Request<T>, timeoutMs: number): Promise<Answer<T>> {
    try {
      this.#coordinator ??= await coordinatorOf(this.group, this.#routes, this.#connections);
      const answer = await this.#connections.send('group', this.#coordinator.address, request, timeoutMs);
      const { errorCode } = answer;
      if (errorCode === ERROR.none) return { kind: 'answered', answer };
      if (moved.has(errorCode)) this.#coordinator = null;
      if (errorCode === ERROR.unknownMemberId) this.#id = '';
      return {
        kind: 'refused',
        error: errorName(errorCode),
        arrived: moved.has(errorCode),
        rejoin: formedAnew.has(errorCode),
        answer,
      };
    } catch (thrown) {
      this.#coordinator = null;
      const { message, arrived = true } = thrown as Partial<NoAnswer> & Error;
      return { kind: 'refused', error: message, arrived, rejoin: false };
    }
  }
}

/** @throws NoAnswer where the broker that was asked knows of none */
export async function coordinatorOf(
  group: string,
  routes: Routes,
  connections: Brokers,
): Promise<{ broker: number; address: string }> {
  const request = findCoordinator(group);
  const found = await connections.send('ask', routes.anyAddress(), request, askTimeoutMs);
  if (found.errorCode !== ERROR.none) throw new NoAnswer(errorName(found.errorCode), false);
  return found;
}

/** Partitions in turn, as all leaders of one topic's group would hand them out. */
function assign(memberIds: readonly string[], partitions: number): Map<string, number[]> {
  const assigned = new Map(memberIds.toSorted().map((id) => [id, [] as number[]]));
  const lists = [...assigned.values()];
  if (lists.length === 0) return assigned;
  for (let partition = 0; partition < partitions; partition += 1)
    lists[partition % lists.length]?.push(partition);
  return assigned;
}

/**
 * Somebody else coordinates now. A commit that waited too long for its replicas is refused like this as well, and is in the
 * coordinator's log all the same.
 */
const moved: ReadonlySet<number> = new Set([
  ERROR.coordinatorNotAvailable,
  ERROR.notCoordinator,
  ERROR.requestTimedOut,
]);

const formedAnew: ReadonlySet<number> = new Set([
  ERROR.illegalGeneration,
  ERROR.unknownMemberId,
  ERROR.rebalanceInProgress,
]);
