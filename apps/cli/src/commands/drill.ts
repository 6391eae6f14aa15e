import { resolve } from 'node:path';
import { KafkaHaError } from '@kafka-ha/errors';
import {
  appendToLedger,
  commonFaults,
  defaultLoad,
  drill as drillCluster,
  faultNames,
  planDrills,
  possibleFaults,
  readLedger,
  refuseUnusableLedger,
  type Cluster,
  type DrillOptions,
  type DrillOutcome,
  type FaultName,
  type Load,
} from '@kafka-ha/operations';
import { drillJson, overallVerdict } from '@kafka-ha/report';
import { bundleWorkload } from '@kafka-ha/workload';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { kubeconfigPathOf, loadTarget } from '../load-target.ts';
import { nodeFaultsOf } from '../node-faults-of.ts';
import { duration, wholeNumber } from '../option-values.ts';
import { printDrills } from '../output/print-drills.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';
import { writeReport } from '../write-report.ts';

export type DrillCommandOptions = TargetOptions & {
  all?: boolean;
  allPairs?: boolean;
  rounds: string;
  partitions: string;
  rate: string;
  recordBytes: string;
  duration: string;
  report: string;
  ledger: string;
};

/** By the verdict on all drills. */
export const drillExitCodes = {
  pass: exitCodes.done,
  fail: exitCodes.failed,
  'no-verdict': exitCodes.unknown,
} as const;

/** `kafka-ha drill`: exits with 0 where every drill passed, 1 where one failed, 2 where one could not be judged. */
export async function drill(
  faults: readonly string[],
  options: DrillCommandOptions,
  { signal, outcome }: Run,
): Promise<void> {
  const load = loadOf(options);
  const durationMs = duration('--duration', options.duration, { least: 5_000, most: 300_000 });
  const rounds = wholeNumber('--rounds', options.rounds, { least: 1, most: 1_000 });
  const named = faults.map(faultOf);
  const cluster = await loadTarget(options);
  const nodes = await nodeFaultsOf(kubeconfigPathOf(options));
  const wanted = named.length > 0 ? named : defaultFaults(cluster, options, nodes !== undefined);
  const past = await readLedger(options.ledger);
  const verdict = await runDrills(
    cluster,
    {
      drills: planDrills(
        cluster.spec,
        { faults: wanted, rounds, allPairs: options.allPairs === true },
        past.entries,
      ),
      load,
      durationMs,
      ...(nodes && { nodes }),
      signal,
    },
    options,
  );
  outcome.exitCode = { pass: exitCodes.done, fail: exitCodes.failed, 'no-verdict': exitCodes.unknown }[
    verdict
  ];
}

/** Makes the drills and prints their verdict; what was made is reported also where the rest could not be. */
export async function runDrills(
  cluster: Cluster,
  drills: Pick<DrillOptions, 'drills' | 'load' | 'durationMs' | 'nodes' | 'signal'>,
  output: { report: string; ledger: string; json?: boolean },
): Promise<ReturnType<typeof overallVerdict>> {
  const outcomes: DrillOutcome[] = [];
  const keep = async (outcome: DrillOutcome) => {
    outcomes.push(outcome);
    await appendToLedger(output.ledger, outcome);
  };
  await refuseUnusableLedger(output.ledger);
  try {
    const bundle = await bundleWorkload();
    const operation = drillCluster(cluster, { ...drills, bundle, onOutcome: keep, actor: actor() });
    await showProgress(operation, output);
  } finally {
    if (outcomes.length > 0) await tell(outcomes, output);
  }
  return overallVerdict(outcomes);
}

async function tell(
  outcomes: readonly DrillOutcome[],
  { report, ledger, json }: { report: string; ledger: string; json?: boolean },
): Promise<void> {
  const past = await readLedger(ledger);
  const page = await writeReport(report, outcomes, past);
  if (json === true) {
    process.stdout.write(drillJson(outcomes));
    return;
  }
  printDrills(outcomes, past, process.stdout);
  process.stdout.write(`\nReport: ${resolve(page)}\nLedger: ${resolve(ledger)}\n`);
}

function defaultFaults({ spec }: Cluster, { all }: DrillCommandOptions, nodesBreak: boolean): FaultName[] {
  const possible = possibleFaults(spec, nodesBreak);
  return all === true ? possible : possible.filter((name) => commonFaults.includes(name));
}

function faultOf(name: string): FaultName {
  const known = faultNames.find((fault) => fault === name);
  if (known !== undefined) return known;
  throw new KafkaHaError('invalid-usage', `there is no fault ${name}`, {
    hint: `The faults are ${faultNames.join(', ')}.`,
  });
}

function loadOf({ partitions, rate, recordBytes }: DrillCommandOptions): Load {
  return {
    ...defaultLoad,
    partitions: wholeNumber('--partitions', partitions, { least: 1, most: 1_000 }),
    ratePerSecond: wholeNumber('--rate', rate, { least: 1, most: 1_000 }),
    recordBytes: wholeNumber('--record-bytes', recordBytes, { least: 100, most: 1_000_000 }),
  };
}
