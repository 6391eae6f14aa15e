import type { Brokers } from './kafka/connections.ts';
import { coordinatorOf, Membership, type Assignment } from './kafka/membership.ts';
import type { Routes } from './kafka/routes.ts';
import { pause } from './pause.ts';

/** Of one member alone: each is a client of its own, as in an application, and the writer waits for none of them. */
export type Client = { routes: Routes; connections: Brokers };

export type Member = { client: Client; membership: Membership; first: Assignment };

/** A fifth of the names is coordinated by each of five brokers. */
const mostNames = 50;
const heartbeatMs = 200;

/**
 * A name for the group of which `broker` is the coordinator, so that a fault of that broker hits the coordinator as well; any
 * name where there is none after a while.
 *
 * @throws NoAnswer
 */
export async function groupName(
  run: string,
  broker: number | undefined,
  { routes, connections }: Client,
): Promise<string> {
  const names = Array.from({ length: mostNames }, (_, index) => `kafka-ha-drill-${run}-${index}`);
  for (const name of broker === undefined ? [] : names)
    if ((await coordinatorOf(name, routes, connections)).broker === broker) return name;
  return `kafka-ha-drill-${run}-0`;
}

/**
 * Has every client join the group, and waits until all are in the same generation of it and have every partition between them.
 *
 * @throws Error where they are not before the signal fires
 */
export async function formGroup(
  group: string,
  clients: readonly Client[],
  signal: AbortSignal,
): Promise<Member[]> {
  const members = clients.map((client) => ({ client, membership: new Membership(group, client) }));
  const firsts = new Map<Membership, Assignment>();
  const formed = new AbortController();
  const until = AbortSignal.any([signal, formed.signal]);
  await Promise.all(
    members.map(async ({ client: { routes }, membership }) => {
      while (!until.aborted) {
        firsts.delete(membership);
        const first = await membership.join(until);
        if (first !== null) firsts.set(membership, first);
        if (firsts.size === members.length && isWhole([...firsts.values()], routes.partitions))
          formed.abort();
        await stay(membership, until);
      }
    }),
  );
  const all = members.flatMap((member) => {
    const first = firsts.get(member.membership);
    return first === undefined ? [] : [{ ...member, first }];
  });
  if (!formed.signal.aborted || all.length < clients.length)
    throw new Error(`the consumers did not form their group ${group} in time`);
  return all;
}

/** Whoever else is a member has a part that nobody here reads. */
export function isWhole(assignments: readonly Assignment[], partitions: number): boolean {
  const generations = new Set(assignments.map(({ generation }) => generation));
  const assigned = new Set(assignments.flatMap((each) => each.partitions));
  return generations.size === 1 && assigned.size === partitions;
}

/** Until the group is formed anew, or the signal fires. */
async function stay(membership: Membership, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(heartbeatMs, signal);
    const beat = signal.aborted ? null : await membership.heartbeat();
    if (beat?.kind === 'refused' && beat.rejoin) return;
  }
}
