import { count } from '@kafka-ha/base';
import { formatRate } from '@kafka-ha/config';
import type { DrillOutcome } from '@kafka-ha/history';

const words = { pass: 'pass', fail: 'FAIL', 'no-verdict': 'no verdict' } as const;

/** The verdict of a drill and what it rests on, in a line. */
export function describeOutcome(outcome: DrillOutcome): string {
  const { verdict, interruptions, consumers, counts, throughput } = outcome;
  const { result, checks, reasons } = verdict;
  if (result === 'no-verdict' || interruptions === null || counts === null)
    return `${words[result]}: ${reasons.join('; ')}`;
  const failed = checks
    .filter((check) => check.result === 'fail')
    .map(({ objective, figure, limit, unit }) => `${objective} ${figure} ${unit} (limit ${limit})`);
  const figures = [
    `interrupted ${seconds(interruptions.writing.worst.ms)} at worst, ${seconds(interruptions.writing.medianMs)} in the median`,
    ...(consumers ? [`records waited ${seconds(consumers.delivery.worst.ms)} at most for a consumer`] : []),
    `${count(counts.acknowledged, 'record')} acknowledged`,
    `${checks.find(({ objective }) => objective === 'lost')?.figure ?? '?'} lost`,
    ...(throughput ? [`beside ${formatRate(throughput.reachedBytesPerSecond)}`] : []),
  ];
  return [`${words[result]}: ${figures.join(', ')}`, ...failed, ...(result === 'fail' ? reasons : [])].join(
    '; ',
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
