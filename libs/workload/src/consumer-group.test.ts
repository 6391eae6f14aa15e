import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import {
  consumerAssignment,
  decode,
  ERROR,
  fetchApi,
  findCoordinatorApi,
  joinGroupApi,
  offsetCommitApi,
  offsetFetchApi,
  syncGroupApi,
  type Api,
} from '@kafka-ha/kafka-protocol';
import { consume } from './consumer-group.ts';
import { formGroup, groupName, type Client, type Member } from './form-group.ts';
import { NoAnswer } from './kafka/connection.ts';
import type { Request } from './kafka/requests.ts';
import { Routes } from './kafka/routes.ts';
import { encodePayload } from './payload.ts';
import { aRecorder, aRun, aTopic, fakeBrokers, type Asked } from './testing.ts';

const run = aRun({ partitions: 4, startOffsets: [0, 0, 0, 0], consumers: 2 });
const soon = () => AbortSignal.timeout(10_000);

// Commits and heartbeats have a pace of their own, and a busy machine another one.
jest.setTimeout(20_000);

describe('consumer group', () => {
  test('its members share the partitions, in the same generation', async () => {
    const members = await aGroup(new Coordinator({ waitsFor: 2 }), 2);
    expect(members.map(({ first }) => first.generation)).toEqual([1, 1]);
    expect(members.flatMap(({ first }) => first.partitions).sort()).toEqual([0, 1, 2, 3]);
    expect(members.map(({ first }) => first.partitions.length)).toEqual([2, 2]);
  });

  test('one that was alone joins again when another comes', async () => {
    const members = await aGroup(new Coordinator({ waitsFor: 1 }), 2);
    expect(new Set(members.map(({ first }) => first.generation)).size).toBe(1);
    expect(members.flatMap(({ first }) => first.partitions).sort()).toEqual([0, 1, 2, 3]);
  });

  test('a member of somebody else is waited for until it is gone, for nobody here reads its part', async () => {
    const coordinator = new Coordinator({ waitsFor: 2 });
    coordinator.hasForeignMember = true;
    const members = await aGroup(coordinator, 2);
    expect(members.map(({ first }) => first.generation)).toEqual([2, 2]);
    expect(members.flatMap(({ first }) => first.partitions).sort()).toEqual([0, 1, 2, 3]);
  });

  test('what is stored is delivered, then committed, and at the end everybody leaves', async () => {
    const coordinator = new Coordinator({ waitsFor: 2 });
    const { history, end } = await reading(coordinator, 2, [5, 5, 5, 5]);
    expect(end).toEqual({ complete: true });
    expect(delivered(history)).toEqual([5, 5, 5, 5]);
    expect([...coordinator.committed]).toEqual(expect.arrayContaining([0, 1, 2, 3].map((p) => [p, 5])));
    expect(history.group.commits.at(-1)).toMatchObject({ outcome: 'acked', coordinator: 1 });
    expect(history.group.committed[0]?.offsets[0]).toMatchObject({ offset: -1 });
    expect(history.group.committed.at(-1)?.offsets[0]).toMatchObject({ offset: 5 });
    expect(history.group.assigned).toHaveLength(2);
    expect(coordinator.asked.filter(({ api }) => api === 'LeaveGroup')).toHaveLength(2);
    expect(coordinator.asked.filter(({ api }) => api === 'DeleteGroups')).toHaveLength(1);
  });

  test('when the coordinator has moved it is looked for, and the commit is told as perhaps kept', async () => {
    const coordinator = new Coordinator({ waitsFor: 1 });
    coordinator.refusals.push(ERROR.notCoordinator, new NoAnswer('gone', true), new NoAnswer('gone', false));
    coordinator.onRefusal = () => (coordinator.broker = 2);
    const { history, end } = await reading(coordinator, 1, [3, 3, 3, 3]);
    expect(end).toEqual({ complete: true });
    const commits = history.group.commits.filter(({ offsets }) => offsets.every(({ offset }) => offset > 0));
    expect(commits.slice(0, 4)).toMatchObject([
      { outcome: 'unknown', error: 'NOT_COORDINATOR', coordinator: 1 },
      { outcome: 'unknown', error: 'gone' },
      { outcome: 'refused', error: 'gone' },
      { outcome: 'acked', coordinator: 2 },
    ]);
    expect(history.group.assigned).toHaveLength(1);
  });

  test('a group that is formed anew goes on from what it had committed', async () => {
    const coordinator = new Coordinator({ waitsFor: 1 });
    coordinator.refusals.push(ERROR.rebalanceInProgress);
    const { history, end } = await reading(coordinator, 1, [2, 2, 2, 2]);
    expect(end).toEqual({ complete: true });
    expect(history.group.assigned.map(({ generation }) => generation)).toEqual([1, 2]);
    // None of them was committed yet, so all came again.
    expect(delivered(history)).toEqual([4, 4, 4, 4]);
  });

  test('what it had committed before is not delivered again', async () => {
    const coordinator = new Coordinator({ waitsFor: 1 });
    coordinator.refusals.push(null, ERROR.illegalGeneration);
    const { history } = await reading(coordinator, 1, [2, 2, 2, 2]);
    expect(history.group.assigned.map(({ generation }) => generation)).toEqual([1, 2]);
    expect(delivered(history)).toEqual([2, 2, 2, 2]);
  });

  test('a name is found of which the wanted broker is the coordinator', async () => {
    const coordinator = new Coordinator({ waitsFor: 1 });
    coordinator.brokerOf = (group) => Number(group.at(-1)) % 3;
    const client = await aClient(coordinator);
    expect(await groupName('r1', 2, client)).toBe('kafka-ha-drill-r1-2');
    expect(await groupName('r1', undefined, client)).toBe('kafka-ha-drill-r1-0');
    expect(await groupName('r1', 7, client)).toBe('kafka-ha-drill-r1-0');
  });

  async function aClient(coordinator: Coordinator): Promise<Client> {
    const connections = fakeBrokers((asked) => coordinator.answer(asked));
    const routes = new Routes('drill', ['b1:1'], connections);
    await routes.refresh();
    return { routes, connections };
  }

  async function aGroup(coordinator: Coordinator, count: number): Promise<Member[]> {
    const clients = await Promise.all(Array.from({ length: count }, () => aClient(coordinator)));
    return formGroup('group', clients, soon());
  }

  async function reading(coordinator: Coordinator, count: number, ends: number[]) {
    coordinator.ends = ends;
    const members = await aGroup(coordinator, count);
    const { recorder, told } = aRecorder(run);
    const began = performance.now();
    const now = () => Math.floor(performance.now() - began);
    const group = consume(members, { run: run.id, recorder, now, startOffsets: run.startOffsets });
    while (coordinator.refusals.length > 0 || coordinator.committed.size < ends.length) await sleep(10);
    const end = await group.end(ends);
    return { history: told(), end };
  }

  function delivered({ reads }: Awaited<ReturnType<typeof reading>>['history']): number[] {
    return run.startOffsets.map((_, partition) =>
      reads
        .filter((read) => read.pass === 'group' && read.partition === partition)
        .reduce((sum, { count }) => sum + count, 0),
    );
  }
});

/** The coordinator of one group, and the leader of all partitions of the topic. */
class Coordinator {
  readonly asked: Asked[] = [];
  readonly committed = new Map<number, number>();
  /** Of the next commits of what was delivered: an error's code, or what is thrown; null lets one pass. */
  readonly refusals: (number | Error | null)[] = [];
  broker = 1;
  brokerOf: (group: string) => number = () => this.broker;
  onRefusal: () => void = () => undefined;
  ends: number[] = [0, 0, 0, 0];
  /** It is a member of the first generation, and gone with the first heartbeat of another one. */
  hasForeignMember = false;
  readonly #waitsFor: number;
  readonly #members = new Set<string>();
  #known = new Set<string>();
  #joining: { id: string; resolve: (answer: object) => void }[] = [];
  #generation = 0;
  #isForming = false;
  #isLeft = false;
  #assigned: Promise<Map<string, number[]>> = Promise.resolve(new Map<string, number[]>());
  #assign: (assigned: Map<string, number[]>) => void = () => undefined;

  /** A generation begins with so many members at least, and with all that are known. */
  constructor({ waitsFor }: { waitsFor: number }) {
    this.#waitsFor = waitsFor;
  }

  answer(asked: Asked): unknown {
    this.asked.push(asked);
    switch (asked.api) {
      case 'Metadata':
        return aTopic({ leader: 1 }, { leader: 1 }, { leader: 1 }, { leader: 1 });
      case 'FindCoordinator': {
        const broker = this.brokerOf(bodyOf(findCoordinatorApi, asked.request).key);
        return { errorCode: 0, broker, address: `b${broker}:${broker}` };
      }
      case 'JoinGroup':
        return this.#join(bodyOf(joinGroupApi, asked.request).memberId);
      case 'SyncGroup':
        return this.#sync(asked.request);
      case 'OffsetCommit':
        return this.#commit(asked.request);
      case 'OffsetFetch': {
        const { groups, requireStable } = bodyOf(offsetFetchApi, asked.request);
        const wanted = (groups[0]?.topics ?? []).flatMap(({ partitions }) => partitions);
        // Otherwise one that has just taken over may not know yet what was committed last.
        const known = requireStable ? this.committed : new Map<number, number>();
        const offsets = wanted.map((partition) => {
          return { partition, errorCode: 0, offset: known.get(partition) ?? -1 };
        });
        return { errorCode: 0, offsets };
      }
      case 'Heartbeat':
        if (this.hasForeignMember) {
          this.hasForeignMember = false;
          this.#isForming = true;
        }
        return { errorCode: this.#isForming || this.#isLeft ? ERROR.rebalanceInProgress : 0 };
      case 'LeaveGroup':
        this.#isLeft = true;
        return { errorCode: 0 };
      case 'Fetch':
        return this.#fetch(asked.request);
      default:
        return { errorCode: 0 };
    }
  }

  #join(memberId: string): object | Promise<object> {
    const id = memberId || `member-${this.#members.size}`;
    this.#members.add(id);
    if (memberId === '') return { errorCode: ERROR.memberIdRequired, id, generation: -1, memberIds: [] };
    this.#isForming = true;
    const answer = new Promise<object>((resolve) => this.#joining.push({ id, resolve }));
    const known = new Set([...this.#known, id]);
    if (this.#joining.length >= Math.max(this.#waitsFor, known.size)) this.#begin();
    return answer;
  }

  #begin(): void {
    this.#generation += 1;
    this.#assigned = new Promise((resolve) => (this.#assign = resolve));
    this.#isForming = false;
    const own = this.#joining.map(({ id }) => id);
    this.#known = new Set(own);
    const memberIds = [...own, ...(this.hasForeignMember ? ['foreign'] : [])];
    for (const [index, { id, resolve }] of this.#joining.entries())
      resolve({ errorCode: 0, id, generation: this.#generation, memberIds: index === 0 ? memberIds : [] });
    this.#joining = [];
  }

  async #sync(request: Request<unknown>): Promise<object> {
    const { memberId, assignments } = bodyOf(syncGroupApi, request);
    if (assignments.length > 0)
      this.#assign(
        new Map(
          assignments.map((each) => [
            each.memberId,
            decode(consumerAssignment, each.assignment).topics.flatMap(({ partitions }) => [...partitions]),
          ]),
        ),
      );
    return { errorCode: 0, partitions: (await this.#assigned).get(memberId) ?? [] };
  }

  #commit(request: Request<unknown>): unknown {
    const positions = bodyOf(offsetCommitApi, request).topics.flatMap(({ partitions }) => partitions);
    // Not before everything was delivered.
    const isWhole = positions.every(({ committedOffset }) => committedOffset > 0);
    const refusal = (isWhole ? this.refusals.shift() : null) ?? null;
    if (refusal !== null) this.onRefusal();
    if (refusal !== null) return refusal instanceof Error ? refusal : { errorCode: refusal };
    for (const { index, committedOffset } of positions) this.committed.set(index, committedOffset);
    return { errorCode: 0 };
  }

  async #fetch(request: Request<unknown>): Promise<object> {
    await sleep(10);
    return bodyOf(fetchApi, request).topics.flatMap(({ partitions }) =>
      partitions.map(({ index: partition, fetchOffset }) => ({
        partition,
        errorCode: 0,
        records: Array.from({ length: (this.ends[partition] ?? 0) - fetchOffset }, (_, more) => {
          const offset = fetchOffset + more;
          return { offset, epoch: 0, value: encodePayload({ run: run.id, partition, seq: offset }, 100) };
        }),
      })),
    );
  }
}

/** What a request asks, read back from its bytes. */
function bodyOf<T>(api: Pick<Api<T, never>, 'flexible' | 'request'>, request: Request<unknown>): T {
  const headerBytes = api.flexible ? 15 : 14;
  return api.request.read({ buffer: request.encode(0, ''), offset: headerBytes });
}
