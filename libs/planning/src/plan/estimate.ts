import type { PlannedRestart } from './plan.ts';

/**
 * What one pod takes from its end to its return, in milliseconds, as seen on two cores that had much else to do: rather
 * too long than too short.
 */
const perPodMs = { kafka: 20_000, zookeeper: 14_000 };

/** How long restarts take, one after the other; `catchUpMs` is what a broker's missed records take. */
export function estimateMs(restarts: readonly PlannedRestart[], catchUpMs: number): number {
  return restarts.reduce(
    (sum, { component }) => sum + perPodMs[component] + (component === 'kafka' ? catchUpMs : 0),
    0,
  );
}
