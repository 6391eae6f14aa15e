import { grouped } from '@kafka-ha/base';
import type { Check, DrillResult } from '@kafka-ha/history';
import { seconds, shortSeconds } from '../text/numbers.ts';

export function checkOf(
  { verdict }: Pick<DrillResult, 'verdict'>,
  objective: Check['objective'],
): Check | undefined {
  return verdict.checks.find((check) => check.objective === objective);
}

/** What an interruption is held to, or null where nothing was judged. */
export function interruptionLimit(result: Pick<DrillResult, 'verdict'>): number | null {
  return checkOf(result, 'interruption')?.limit ?? null;
}

/** How a check is called in a list of them. */
export const objectiveNames: Record<Check['objective'], string> = {
  lost: 'lost records',
  duplicated: 'duplicated records',
  reordered: 'reordered records',
  phantom: 'records that nobody wrote',
  corrupted: 'corrupted records',
  'offset-mismatch': 'records at another offset',
  'read-back': 'reads that went backwards',
  'read-gap': 'reads that skipped',
  'watermark-back': 'ends that moved back',
  'epoch-back': 'leader epochs that went backwards',
  interruption: 'longest interruption',
  latency: 'longest write',
  delivery: 'longest wait of a record for its delivery',
  commit: 'longest time without a commit',
  redelivered: 'records delivered twice',
  undelivered: 'records that no consumer was given',
  'commit-back': 'commits that went back',
  diverged: 'partitions whose replicas differ',
  lacking: 'partitions with a replica that lacks records',
};

export function figureOf({ figure, unit }: Check): string {
  return unit === 'ms' ? seconds(figure) : grouped(figure);
}

export function limitOf({ limit, unit }: Check): string {
  if (limit === null) return 'none promised';
  return unit === 'ms' ? shortSeconds(limit) : grouped(limit);
}
