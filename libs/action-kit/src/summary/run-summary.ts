import { formatProblem, type Problem } from '@kafka-ha/config';
import {
  durationText,
  type KafkaHaError,
  type StepRecord,
  type StepRecords,
  stoppedAt,
} from '@kafka-ha/base';
import { escapeMarkdown } from '@kafka-ha/report';
import type { Block } from './fit-blocks.ts';

export type RunEnd = { kind: 'done' } | { kind: 'failed' | 'cancelled'; error: KafkaHaError };

export type RunReport = {
  /** The action's name as a heading, e.g. "Deploy". */
  title: string;
  /** What it works on, e.g. `kafka/events` or, where the file could not be read, its name. */
  subject: string;
  end: RunEnd;
  steps: StepRecords;
  /** What the action itself has to show. */
  sections: readonly Block[];
  problems: readonly Problem[];
};

/** The last lines say most, e.g. of a pod's log. */
const detailLines = 100;

/** What happened, the answer first, as blocks of Markdown for the job's summary and the pull request's comment. */
export function runSummary(report: RunReport): Block[] {
  const { end, sections, steps, problems } = report;
  return [
    `### ${headline(report)}`,
    ...(end.kind === 'done' ? [] : whatWentWrong(end.error, steps, problems)),
    ...sections,
    ...(steps.size === 0 ? [] : [stepTable(steps)]),
  ];
}

function headline({ title, subject, end }: RunReport): string {
  const mark = { done: '✅', failed: '❌', cancelled: '⏹️' }[end.kind];
  return `${mark} ${title} ${escapeMarkdown(subject)}: ${end.kind}`;
}

function whatWentWrong(error: KafkaHaError, steps: StepRecords, problems: readonly Problem[]): Block[] {
  const step = stoppedAt(steps);
  const where = step === undefined ? '' : ` It stopped at “${escapeMarkdown(step.title)}”.`;
  const hint = error.hint === undefined ? [] : [`→ ${escapeMarkdown(error.hint)}`];
  return [`**${escapeMarkdown(error.message)}**${where}`, ...hint, ...details(error, problems)];
}

function details({ details }: KafkaHaError, problems: readonly Problem[]): Block[] {
  if (problems.length > 0)
    return [problems.map((problem) => `- ${escapeMarkdown(formatProblem(problem))}`).join('\n')];
  if (details.length === 0) return [];
  const lines = details.slice(-detailLines).map(escapeHtml);
  return [`<details><summary>Details</summary>\n\n<pre>\n${lines.join('\n')}\n</pre>\n\n</details>`];
}

function stepTable(steps: StepRecords): Block {
  const rows = [...steps.values()].map(
    (step) => `| ${escapeMarkdown(step.title)} | ${outcomeOf(step)} | ${tookOf(step)} |`,
  );
  return ['| step | outcome | took |', '| --- | --- | ---: |', ...rows].join('\n');
}

function outcomeOf({ state, detail = '' }: StepRecord): string {
  switch (state) {
    case 'ahead':
      return 'not reached';
    case 'running':
      return detail === '' ? '**stopped here**' : `**stopped here:** ${escapeMarkdown(detail)}`;
    case 'done':
      return escapeMarkdown(detail);
    case 'skipped':
      return `skipped: ${escapeMarkdown(detail)}`;
  }
}

function tookOf({ tookMs }: StepRecord): string {
  return tookMs === undefined ? '' : durationText(tookMs);
}

/** Blank lines would end the HTML block; the rest is what could be taken for markup. */
function escapeHtml(line: string): string {
  const text = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return text.trim() === '' ? '&nbsp;' : text;
}
