import { grouped } from '@kafka-ha/base';
import type { DrillResult } from '@kafka-ha/history';
import { counted } from '../../text/counted.ts';
import { markup, type Markup } from '../../text/markup.ts';
import { percent } from '../../text/percent.ts';
import { seconds, shortSeconds } from '../../text/seconds.ts';
import { checkOf, interruptionLimit } from '../checks.ts';

/** What users felt, as a few large figures; the first with a bar that says how much of its limit it took. */
export function keyFigures(result: DrillResult): Markup | null {
  const { interruptions } = result;
  if (!interruptions) return null;
  const { writing, latencyBeforeFault: before, latencyAfterFault: after, availability } = interruptions;
  return markup`<dl class="figures">
${figure('Longest interruption', seconds(writing.worst.ms), `${limit(result)} · partition ${writing.worst.partition}`, againstLimit(result))}
${figure('Median partition', seconds(writing.medianMs), `of ${writing.perPartition.length}`)}
${figure('Available', percent(availability), 'of partitions × time')}
${figure('Latency before', milliseconds(before.p50Ms), `p99 ${milliseconds(before.p99Ms)}`)}
${figure('Latency after', milliseconds(after.p50Ms), `p99 ${milliseconds(after.p99Ms)}`)}
${records(result)}
</dl>`;
}

function figure(name: string, value: string, note: string, extra: Markup | null = null): Markup {
  return markup`<div><dt>${name}</dt><dd class="value">${value}</dd><dd class="quiet">${note}</dd>${extra}</div>`;
}

function limit(result: DrillResult): string {
  const ms = interruptionLimit(result);
  return ms === null ? 'no limit' : `limit ${shortSeconds(ms)}`;
}

function againstLimit(result: DrillResult): Markup | null {
  const check = checkOf(result, 'interruption');
  if (!check || check.limit === null || check.limit === 0) return null;
  const share = Math.min(1, check.figure / check.limit);
  return markup`<dd class="bar ${check.result}" aria-hidden="true"><span style="width:${(share * 100).toFixed(1)}%"></span></dd>`;
}

function records(result: DrillResult): Markup | null {
  const lost = checkOf(result, 'lost');
  if (!result.counts || !lost) return null;
  const value = lost.result === 'unknown' ? 'not known' : grouped(lost.figure);
  return figure('Lost', value, `of ${counted(result.counts.acknowledged, 'record')}`);
}

function milliseconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : seconds(ms);
}
