import type { ReportedDrill } from './drill/reported-drill.ts';
import { simulateDrill } from './testing/simulate-drill.ts';

export { sampleDrills, sampleLedger } from './testing/sample-drills.ts';
export { simulateDrill, type Scenario } from './testing/simulate-drill.ts';

/**
 * A drill that passed: `kill-broker` on five brokers, 20 partitions × 10 records/s, 5.3 s of silence.
 * `aDrillResult({ interruptions: null })` differs in what is given.
 */
export function aDrillResult(overrides: Partial<ReportedDrill> = {}): ReportedDrill {
  return { ...simulateDrill(), ...overrides };
}
