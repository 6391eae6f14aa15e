import { rackLimit, rackSizes } from '../racks.ts';

/**
 * How many replicas of a topic each broker would hold if replicas could be divided: all brokers as many, but for racks
 * that are too small for their part. A broker's number is a fair share rounded down or up: such a placement always
 * exists, for this fraction of every partition on each broker is one in fractions, and a flow that exists in fractions
 * between whole limits exists in whole numbers.
 */
export function fairShares(
  brokers: readonly number[],
  racks: ReadonlyMap<number, string> | undefined,
  topic: { partitions: number; replicationFactor: number },
): Map<number, number> {
  const { partitions, replicationFactor } = topic;
  const shares = new Map<number, number>();
  let left = partitions * replicationFactor;
  let open = [...brokers];
  if (racks !== undefined) {
    const limit = rackLimit(brokers, replicationFactor, racks);
    const sizes = rackSizes(brokers, racks);
    const most = (id: number) => {
      const size = sizes.get(racks.get(id)) ?? 1;
      return (Math.min(limit, size) * partitions) / size;
    };
    for (;;) {
      const share = left / open.length;
      const full = open.filter((id) => most(id) < share);
      if (full.length === 0) break;
      for (const id of full) shares.set(id, most(id));
      left -= full.reduce((sum, id) => sum + most(id), 0);
      open = open.filter((id) => !shares.has(id));
    }
  }
  for (const id of open) shares.set(id, left / open.length);
  return shares;
}

/** The whole numbers next to a share; sums of shares carry an error of rounding. */
export function wholeNumbersAround(share: number): { least: number; most: number } {
  return { least: Math.floor(share + rounding), most: Math.ceil(share - rounding) };
}

/** Far above what floating point adds up to, far below 1 / brokers. */
const rounding = 1e-6;
