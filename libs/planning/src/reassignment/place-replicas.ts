import { placeByMarkets } from './place-by-markets.ts';
import { placePairByPair } from './place-pair-by-pair.ts';
import type { Placement } from './placement.ts';
import type { PlacementProblem } from './placement-problem.ts';

/** Chooses the brokers of every partition so that as little as possible is moved. */
export function placeReplicas(problem: PlacementProblem): Placement {
  return placeByMarkets(problem) ?? placePairByPair(problem);
}
