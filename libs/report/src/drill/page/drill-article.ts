import type { Check, DrillResult } from '@kafka-ha/history';
import { count, grouped } from '@kafka-ha/base';
import { counted, plainSeconds, seconds, shortSeconds, percent } from '../../text/numbers.ts';
import { markup, type Markup } from '../../text/markup.ts';
import { failures } from '../failures.ts';
import { drillFigure } from '../figure/drill-figure.ts';
import { anomalyLists, anomalyTitle, comparedSentence } from '../drill-anomalies.ts';
import { verdictWords } from '../headline.ts';
import { producerSentence } from '../producer-sentence.ts';
import type { ReportedDrill } from '../reported-drill.ts';
import { victimNames } from '../victims.ts';
import { htmlTable } from '../../table/html-table.ts';
import { meaningOf, milestones } from '../milestones.ts';
import type { Tone } from '../../table/table.ts';
import { checkOf, figureOf, interruptionLimit, limitOf, objectiveNames } from '../checks.ts';

const words: Record<Check['result'], { text: string; tone: Tone }> = {
  pass: { text: 'kept', tone: 'good' },
  fail: { text: 'broken', tone: 'bad' },
  unknown: { text: 'not known', tone: 'dim' },
};

/** Everything about one drill. `id` is its anchor in the page. */
export function drillArticle(result: ReportedDrill, id: string): Markup {
  const verdict = result.verdict.result;
  const { word, icon } = verdictWords[verdict];
  const reasons = failures(result);
  const compared = comparedSentence(result);
  const beside = producerSentence(result);
  return markup`
<article id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${result.fault} <span class="badge ${verdict}"><span aria-hidden="true">${icon}</span> ${word}</span></h2>
<p>${result.title}. <span class="quiet">${victims(result)}</span></p>
${reasons.length > 0 && markup`<ul class="reasons ${verdict}">${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`}
${keyFigures(result)}
${beside !== null && markup`<p>${beside}</p>`}
${drillFigure(result, id)}
${phaseTable(result)}
${anomalyLists(result).map(
  (list) => markup`<details open><summary>${anomalyTitle(list)}</summary>
<ul>${list.examples.map(({ where, detail }) => markup`<li><strong>${where}</strong> ${detail}</li>`)}</ul></details>`,
)}
${compared !== null && markup`<p class="quiet">${compared}</p>`}
${checksDetails(result)}
</article>`;
}

function victims(result: ReportedDrill): string {
  const { victims: names, phases } = result;
  const restarts = phases.restarts > 0 && `${counted(phases.restarts, 'container restart')}`;
  const who = names.length > 0 && `${names.length === 1 ? 'Victim' : 'Victims'}: ${victimNames(result)}`;
  const parts = [who, restarts].filter((part) => part !== false);
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

/** Where the time went: each milestone, when after the fault, and how long after the one before. */
function phaseTable(result: DrillResult): Markup | null {
  const steps = milestones(result);
  if (steps.length === 0) return null;
  return htmlTable(
    {
      columns: [
        { title: 'milestone', align: 'left' },
        { title: 'after the fault, s', align: 'right' },
        { title: 'step, s', align: 'right' },
        { title: 'it means', align: 'left' },
      ],
      rows: steps.map(({ label, afterFaultMs, phase }, index) => [
        { text: label },
        { text: plainSeconds(afterFaultMs) },
        { text: `+${plainSeconds(afterFaultMs - (steps[index - 1]?.afterFaultMs ?? 0))}`, tone: 'dim' },
        { text: meaningOf({ phase }, result), tone: 'dim' },
      ]),
    },
    { caption: 'Where the time went' },
  );
}

/** Every objective with its figure and its limit, folded away. */
function checksDetails({ verdict: { checks } }: ReportedDrill): Markup | null {
  if (checks.length === 0) return null;
  const kept = checks.filter(({ result }) => result === 'pass').length;
  return markup`<details><summary>${kept} of ${count(checks.length, 'check')} kept</summary>${htmlTable(
    {
      columns: [
        { title: 'objective', align: 'left' },
        { title: 'found', align: 'right' },
        { title: 'limit', align: 'right' },
        { title: 'result', align: 'left' },
      ],
      rows: checks.map((check) => [
        { text: objectiveNames[check.objective] },
        { text: figureOf(check) },
        { text: limitOf(check), tone: 'dim' },
        words[check.result],
      ]),
    },
    { caption: 'Checks' },
  )}</details>`;
}

/** What users felt, as a few large figures; the first with a bar that says how much of its limit it took. */
function keyFigures(result: DrillResult): Markup | null {
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
