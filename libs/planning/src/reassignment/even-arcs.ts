import type { Arc } from './min-cost-flow.ts';

/**
 * Arcs by which up to `most` units go the same way, the first `even.least` for nothing, those up to `even.most` at one
 * `step` each, those beyond at three. So the cheapest flow is even wherever one can be, as the steps grow, and as near to
 * it as there are units otherwise.
 */
export function evenArcs(
  from: number,
  to: number,
  limits: { most: number; even: { least: number; most: number }; step: number },
): Arc[] {
  const { most, even, step } = limits;
  const within = Math.min(most, Math.max(0, even.least));
  const between = Math.min(most, Math.max(0, even.most)) - within;
  const beyond = most - within - between;
  return [
    { from, to, most: within, cost: 0 },
    { from, to, most: between, cost: step },
    { from, to, most: beyond, cost: 3 * step },
  ].filter((arc) => arc.most > 0);
}
