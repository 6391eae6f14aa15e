/** Broker id to rack; undefined where not every broker has one: then racks say nothing. */
export function racksOf(
  brokers: readonly (readonly [id: number, rack: string | null | undefined])[],
): ReadonlyMap<number, string> | undefined {
  const racks = new Map(brokers.flatMap(([id, rack]) => (rack ? [[id, rack] as const] : [])));
  return racks.size === brokers.length ? racks : undefined;
}
