import { add, type Counts } from './counts.ts';

/** How many partitions each broker would lead if those in `lost` were gone, as far as the lists are filled yet. */
export function leadersWithout(
  lost: readonly number[],
  lists: readonly (readonly number[])[],
  brokers: readonly number[],
): Counts {
  const leads: Counts = new Map(brokers.map((id) => [id, 0]));
  for (const list of lists) {
    const leader = list.find((id) => !lost.includes(id));
    if (leader !== undefined) add(leads, leader, 1);
  }
  return leads;
}
