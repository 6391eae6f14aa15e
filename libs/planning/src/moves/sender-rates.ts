import type { ReplicaChange } from '../reassignment/reassignment.ts';
import { perBroker } from './choose-throttle.ts';
import { keyOf, type Replicas } from './replicas.ts';

/**
 * What each broker may send, in bytes per second, so that the broker that takes the most takes `bytesPerSecond`, none sends
 * more, and all end together: its share of what is sent. Never less than an even share of what one broker takes, for a log
 * may be small and grow fast, and leadership may go to a broker that had nothing to send.
 */
export function senderRates(
  changes: readonly ReplicaChange[],
  {
    replicas: { brokers, partitions },
    bytesPerSecond,
  }: { replicas: Pick<Replicas, 'brokers' | 'partitions'>; bytesPerSecond: number },
): Map<number, number> {
  const leaders = new Map(partitions.map((each) => [keyOf(each), each.leader]));
  const outgoing = new Map<number, number>();
  const sendersTo = new Map<number, Set<number>>();
  for (const change of changes) {
    const leader = leaders.get(keyOf(change)) ?? null;
    if (leader === null) continue;
    outgoing.set(leader, (outgoing.get(leader) ?? 0) + change.bytes * change.adding.length);
    for (const taker of change.adding) sendersTo.set(taker, (sendersTo.get(taker) ?? new Set()).add(leader));
  }
  const incoming = perBroker(changes, ({ bytes }) => bytes);
  const mostBytes = Math.max(1, ...incoming.values(), ...outgoing.values());
  const even = bytesPerSecond / Math.max(1, ...[...sendersTo.values()].map(({ size }) => size));
  const rate = (id: number) =>
    Math.ceil(Math.max(even, (bytesPerSecond * (outgoing.get(id) ?? 0)) / mostBytes));
  return new Map([...brokers.keys()].map((id) => [id, rate(id)]));
}
