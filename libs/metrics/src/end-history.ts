import type { LogsOf } from './cluster-reading.ts';

/** Where logs ended at a moment. */
export type EndsAt = { atMs: number; ends: ReadonlyMap<string, readonly number[]> };

/** The last ones, oldest first: close together just now, further apart the older they are. */
export type EndHistory = readonly EndsAt[];

/**
 * Adds where the logs end now. Of three moments the middle one goes once the outer ones are nearer to each other than a quarter of
 * their age: of a day some forty are left, so that a moment in between is known to an eighth of its age.
 */
export function rememberEnds(history: EndHistory, now: EndsAt): EndHistory {
  const kept: EndsAt[] = [];
  for (const [index, moment] of history.entries()) {
    const before = kept.at(-1);
    const after = history[index + 1] ?? now;
    const isNeeded = before === undefined || after.atMs - before.atMs > (now.atMs - moment.atMs) / 4;
    if (now.atMs - moment.atMs <= rememberMs && isNeeded) kept.push(moment);
  }
  return [...kept, now];
}

/** Longer than most clusters keep records: what is older is told by the oldest record. */
const rememberMs = 7 * 24 * 3_600_000;

export function endsOf(logs: LogsOf): EndsAt['ends'] {
  return new Map(
    [...logs].map(([topic, partitions]) => {
      const ends: number[] = [];
      for (const [partition, { end }] of partitions) ends[partition] = end;
      return [topic, ends];
    }),
  );
}
