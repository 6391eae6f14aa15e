import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clusterInputs, defineAction } from '@kafka-ha/action-kit';
import { count, KafkaHaError } from '@kafka-ha/base';
import { openKube } from '@kafka-ha/kube';
import { commonFaults, defaultLoad, drill, planDrills, possibleFaults } from '@kafka-ha/drills';
import type { DrillOutcome } from '@kafka-ha/history';
import { drillJson, drillMarkdown, drillPage, overallVerdict } from '@kafka-ha/report';
import { z } from 'zod';
import { faultList } from './fault-list.ts';

/** Of a fault that does not end by itself. */
const durationMs = 20_000;
/** It shares the pull request's comment with what other actions have to say. */
const maxReportBytes = 16_000;

/** Breaks the cluster on purpose, under load; fails unless every drill passed. */
export const failoverTestAction = defineAction({
  name: 'failover-test',
  title: 'Failover test of',
  inputs: z.object({ ...clusterInputs, faults: faultList, report: z.string().default('drill-report') }),
  outputs: { verdict: 'no-verdict' },
  async run({ inputs, spec, kubeSource, actor, signal, show, report, setOutput }) {
    const outcomes: DrillOutcome[] = [];
    const faults =
      inputs.faults.length > 0
        ? inputs.faults
        : possibleFaults(spec, false).filter((fault) => commonFaults.includes(fault));
    try {
      await show(
        drill(
          { spec, kube: openKube(kubeSource()), signal },
          {
            drills: planDrills(spec, { faults, rounds: 1, allPairs: false }, []),
            load: defaultLoad,
            bundle: await workload(),
            durationMs,
            onOutcome: async (outcome) => void outcomes.push(outcome),
            actor,
          },
        ),
      );
    } finally {
      setOutput('verdict', overallVerdict(outcomes));
      if (outcomes.length > 0) {
        report(drillMarkdown(outcomes, { maxBytes: maxReportBytes }));
        await writeReport(inputs.report, outcomes);
      }
    }
    if (overallVerdict(outcomes) !== 'pass') throw notPassed(outcomes);
  },
});

/** The program of the load is beside this one. */
function workload(): Promise<string> {
  return readFile(join(dirname(process.argv[1] ?? ''), 'workload.cjs'), 'utf8');
}

function notPassed(outcomes: readonly DrillOutcome[]): KafkaHaError {
  const failed = outcomes.filter(({ verdict }) => verdict.result !== 'pass');
  return new KafkaHaError(
    'unhealthy',
    `${failed.length} of ${count(outcomes.length, 'drill')} did not pass`,
    {
      details: failed.flatMap(({ fault, verdict }) => verdict.reasons.map((reason) => `${fault}: ${reason}`)),
      hint: 'See the report: it has the timeline of each drill.',
    },
  );
}

/** A page for people and the results for machines, for the artifact. */
async function writeReport(folder: string, outcomes: readonly DrillOutcome[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'drills.html'), drillPage(outcomes));
  await writeFile(join(folder, 'drills.json'), drillJson(outcomes));
}
