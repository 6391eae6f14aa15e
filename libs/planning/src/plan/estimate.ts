import { components } from '@kafka-ha/manifests';
import type { PlannedRestart } from './plan.ts';

/** How long restarts take, one after the other; `catchUpMs` is what a broker's missed records take. */
export function estimateMs(restarts: readonly PlannedRestart[], catchUpMs: number): number {
  return restarts.reduce(
    (sum, { component }) => sum + components[component].restartMs + (component === 'kafka' ? catchUpMs : 0),
    0,
  );
}
