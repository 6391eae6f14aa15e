import { join, resolve } from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import { appendToLedger, drill, type DrillOptions, readLedger, refuseUnusableLedger } from '@kafka-ha/drills';
import type { Cluster } from '@kafka-ha/cluster';
import type { ClientName, DrillOutcome, Ledger } from '@kafka-ha/history';
import {
  consumerTable,
  drillJson,
  drillMarkdown,
  drillPage,
  drillTable,
  headline,
  ledgerSentence,
  overallVerdict,
  totals,
} from '@kafka-ha/report';
import { bundleWorkload } from '@kafka-ha/workload';
import { jar } from '@kafka-ha/workload/jar';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { showProgress } from '../output/show-progress.ts';
import { colorsOf } from '../output/colors.ts';
import { tableText } from '../output/table-text.ts';

type Output = { report: string; ledger: string; client?: ClientName; json?: boolean };

/** Makes the drills and prints their verdict; what was made is reported also where the rest could not be. */
export async function runDrills(
  cluster: Cluster,
  drills: Pick<DrillOptions, 'drills' | 'load' | 'throughput' | 'durationMs' | 'nodes'>,
  output: Output,
): Promise<ReturnType<typeof overallVerdict>> {
  const outcomes: DrillOutcome[] = [];
  const keep = async (outcome: DrillOutcome) => {
    outcomes.push(outcome);
    await appendToLedger(output.ledger, outcome);
  };
  await refuseUnusableLedger(output.ledger);
  try {
    const bundle = await bundleWorkload(output.client);
    const java = output.client === 'java' ? { jar } : {};
    const operation = drill(cluster, { ...drills, bundle, ...java, onOutcome: keep, actor: actor() });
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

/** The verdict, a row for each drill, why one failed, and what all drills so far support. */
function printDrills(outcomes: readonly DrillOutcome[], ledger: Ledger, stream: NodeJS.WriteStream): void {
  const { bold, dim, green, red, yellow } = colorsOf(stream);
  const paint = { pass: green, fail: red, 'no-verdict': yellow }[overallVerdict(outcomes)];
  const reasons = outcomes.flatMap(({ fault, verdict }) =>
    verdict.reasons.map((reason) => `  ${yellow('!')} ${fault}: ${reason}`),
  );
  const consumers = consumerTable(outcomes);
  const lines = [
    '',
    paint(bold(headline(outcomes))),
    totals(outcomes),
    '',
    tableText(drillTable(outcomes), stream),
    '',
    ...(consumers === null ? [] : ['What consumers felt:', tableText(consumers, stream), '']),
    ...reasons,
    dim(ledgerSentence(ledger)),
  ];
  stream.write(`${lines.join('\n')}\n`);
}

/** Writes a page for people, a summary for GitHub and the results for machines. Returns the page's path. */
async function writeReport(
  folder: string,
  outcomes: readonly DrillOutcome[],
  ledger: Ledger,
): Promise<string> {
  const page = join(folder, 'drills.html');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(page, drillPage(outcomes, { ledger }));
    await writeFile(join(folder, 'drills.md'), drillMarkdown(outcomes, { ledger }));
    await writeFile(join(folder, 'drills.json'), drillJson(outcomes));
  } catch (error) {
    throw new KafkaHaError(
      'invalid-usage',
      `the report cannot be written to ${folder}: ${messageOf(error)}`,
      {
        hint: 'Name a writable folder with --report.',
        cause: error,
      },
    );
  }
  return page;
}
