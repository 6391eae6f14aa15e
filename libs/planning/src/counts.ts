/** A count for each broker, by id; those that are not in it have none. */
export type Counts = Map<number, number>;

export function count(counts: ReadonlyMap<number, number>, id: number): number {
  return counts.get(id) ?? 0;
}

export function add(counts: Counts, id: number, change: number): void {
  counts.set(id, count(counts, id) + change);
}
