import { add, count, type Counts } from '../counts.ts';
import { leadersWithout } from '../leaders-without.ts';
import { chooseSeconds } from './choose-seconds.ts';

export type UnorderedPartition = { holders: readonly number[]; leader: number; before: readonly number[] };

/**
 * The replica lists of one topic: the leaders as given, then whoever leads when they are lost, and so on for as many losses
 * as the replication factor 2f + 1 is meant to bear, each place as even as those before it allow.
 */
export function orderReplicas(
  partitions: readonly UnorderedPartition[],
  brokers: readonly number[],
): number[][] {
  const seconds = chooseSeconds(
    partitions.map(({ holders, leader, before }) => ({
      leader,
      followers: holders.filter((id) => id !== leader),
      second: before[0] === leader ? before[1] : undefined,
    })),
    brokers,
  );
  const lists = partitions.map(({ leader }, index) => {
    const second = seconds[index];
    return second === undefined ? [leader] : [leader, second];
  });
  const most = Math.max(0, ...partitions.map(({ holders }) => holders.length));
  const lossesToBear = Math.floor((most - 1) / 2);
  for (let place = 2; place <= lossesToBear; place++) fillPlace(lists, partitions, brokers);
  return lists.map((list, index) => [...list, ...inFormerOrder(partitions[index]!, list)]);
}

/** Whoever would lead the fewest if all before it in the list were lost. */
function fillPlace(
  lists: number[][],
  partitions: readonly UnorderedPartition[],
  brokers: readonly number[],
): void {
  const leadsAfter = new Map<string, Counts>();
  for (const [index, list] of lists.entries()) {
    const lost = [...list].sort((a, b) => a - b).join();
    const leads = leadsAfter.get(lost) ?? leadersWithout(list, lists, brokers);
    leadsAfter.set(lost, leads);
    const candidates = brokers.filter((id) => partitions[index]!.holders.includes(id) && !list.includes(id));
    if (candidates.length === 0) continue;
    const chosen = candidates.reduce((best, id) => (count(leads, id) < count(leads, best) ? id : best));
    list.push(chosen);
    add(leads, chosen, 1);
  }
}

/** Those that were there before as they stood, then those that are new. */
function inFormerOrder({ holders, before }: UnorderedPartition, placed: readonly number[]): number[] {
  const left = holders.filter((id) => !placed.includes(id));
  const rank = (id: number) => (before.includes(id) ? before.indexOf(id) : before.length + id);
  return left.sort((a, b) => rank(a) - rank(b));
}
