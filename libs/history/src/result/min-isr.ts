import { toRunMs } from '../interruptions.ts';
import { type DrillResult } from '../drill-result.ts';
import { type History } from '../history.ts';
import type { Sightings } from './sightings.ts';

/** The smallest in-sync set of any partition, from the run's start and at each change of it. */
export function minIsrOf(history: History, { partitions }: Sightings): DrillResult['minIsr'] {
  const inOrder = partitions.toSorted((a, b) => a.epochMs - b.epochMs);
  const sizes = new Map<number, number>();
  const changes: { ms: number; size: number }[] = [];
  for (const { epochMs, partition, isr } of inOrder) {
    sizes.set(partition, isr.length);
    const size = Math.min(...sizes.values());
    const ms = Math.max(0, toRunMs(history, epochMs));
    const last = changes.at(-1);
    if (last?.ms === ms) last.size = size;
    else if (last?.size !== size) changes.push({ ms, size });
  }
  return changes;
}
