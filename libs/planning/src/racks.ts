/** Broker id to rack; undefined where not every broker has one: then racks say nothing. */
export function racksOf(
  brokers: readonly (readonly [id: number, rack: string | null | undefined])[],
): ReadonlyMap<number, string> | undefined {
  const racks = new Map(brokers.flatMap(([id, rack]) => (rack ? [[id, rack] as const] : [])));
  return racks.size === brokers.length ? racks : undefined;
}

/**
 * How many replicas of a partition one rack may hold: as few as it can while all of them find a place, which is
 * ⌈replicas / racks⌉ where racks are alike. Without racks there is no limit.
 */
export function rackLimit(
  brokers: readonly number[],
  replicationFactor: number,
  racks: ReadonlyMap<number, string> | undefined,
): number {
  if (racks === undefined) return Infinity;
  const sizes = [...rackSizes(brokers, racks).values()];
  const room = (limit: number) => sizes.reduce((sum, size) => sum + Math.min(limit, size), 0);
  let limit = 1;
  while (room(limit) < replicationFactor) limit++;
  return limit;
}

/** How many of the brokers are in each rack. */
export function rackSizes(
  brokers: readonly number[],
  racks: ReadonlyMap<number, string>,
): Map<string | undefined, number> {
  const sizes = new Map<string | undefined, number>();
  for (const id of brokers) sizes.set(racks.get(id), (sizes.get(racks.get(id)) ?? 0) + 1);
  return sizes;
}
