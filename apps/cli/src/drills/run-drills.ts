import { resolve } from 'node:path';
import { appendToLedger, drill, readLedger, refuseUnusableLedger, type DrillOptions } from '@kafka-ha/drills';
import { type Cluster } from '@kafka-ha/cluster';
import { type DrillOutcome } from '@kafka-ha/history';
import { drillJson, overallVerdict } from '@kafka-ha/report';
import { bundleWorkload } from '@kafka-ha/workload';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { printDrills } from '../output/print-drills.ts';
import { showProgress } from '../output/show-progress.ts';
import { writeReport } from './write-report.ts';

type Output = { report: string; ledger: string; json?: boolean };

/** Makes the drills and prints their verdict; what was made is reported also where the rest could not be. */
export async function runDrills(
  cluster: Cluster,
  drills: Pick<DrillOptions, 'drills' | 'load' | 'durationMs' | 'nodes' | 'signal'>,
  output: Output,
): Promise<ReturnType<typeof overallVerdict>> {
  const outcomes: DrillOutcome[] = [];
  const keep = async (outcome: DrillOutcome) => {
    outcomes.push(outcome);
    await appendToLedger(output.ledger, outcome);
  };
  await refuseUnusableLedger(output.ledger);
  try {
    const bundle = await bundleWorkload();
    const operation = drill(cluster, { ...drills, bundle, onOutcome: keep, actor: actor() });
    await showProgress(operation, output);
  } finally {
    if (outcomes.length > 0) await tell(outcomes, output);
  }
  return overallVerdict(outcomes);
}

/** By the verdict on all drills. */
export const drillExitCodes = {
  pass: exitCodes.done,
  fail: exitCodes.failed,
  'no-verdict': exitCodes.unknown,
} as const;

async function tell(outcomes: readonly DrillOutcome[], { report, ledger, json }: Output): Promise<void> {
  const past = await readLedger(ledger);
  const page = await writeReport(report, outcomes, past);
  if (json === true) {
    process.stdout.write(drillJson(outcomes));
    return;
  }
  printDrills(outcomes, past, process.stdout);
  process.stdout.write(`\nReport: ${resolve(page)}\nLedger: ${resolve(ledger)}\n`);
}
