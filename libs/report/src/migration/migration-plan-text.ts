import { count } from '@kafka-ha/base';
import { formatDuration } from '@kafka-ha/config';
import type { MigrationPlan } from '@kafka-ha/planning';
import { escapeMarkdown } from '../text/escape-markdown.ts';

/** A plan of a migration for a terminal. */
export function migrationPlanText(plan: MigrationPlan): string {
  const refusals = plan.refusals.flatMap(({ why, hint, details = [] }) => [
    `  ${why}`,
    ...details.map((detail) => `    ${detail}`),
    `    ${hint}`,
  ]);
  return [
    headline(plan),
    ...plan.steps.map((step, index) => `  ${index + 1}. ${describeStep(step)}`),
    ...(refusals.length === 0 ? [] : ['', 'It cannot begin now:', ...refusals]),
    ...(plan.steps.length === 0 ? [] : ['', remark(plan)]),
  ].join('\n');
}

/** The same for a pull request or a summary. */
export function migrationPlanMarkdown(plan: MigrationPlan): string {
  const refusals = plan.refusals.flatMap(({ why, hint, details = [] }) => [
    `- ${escapeMarkdown(why)} ${escapeMarkdown(hint)}`,
    ...details.map((detail) => `  - ${escapeMarkdown(detail)}`),
  ]);
  return [
    `### ${escapeMarkdown(headline(plan))}`,
    '',
    ...plan.steps.map((step, index) => `${index + 1}. ${escapeMarkdown(describeStep(step))}`),
    ...(refusals.length === 0 ? [] : ['', '**It cannot begin now:**', '', ...refusals]),
    ...(plan.steps.length === 0 ? [] : ['', remark(plan)]),
  ].join('\n');
}

function headline({ cluster: { namespace, name }, stage, ...plan }: MigrationPlan): string {
  return `${namespace}/${name}: ${stage}; ${whither(plan)}`;
}

function whither({ to, steps, estimateMs, refusals }: Omit<MigrationPlan, 'cluster' | 'stage'>): string {
  if (steps.length > 0) return `to mode ${to} in about ${formatDuration(estimateMs)}`;
  return refusals.length > 0 ? `not to mode ${to} from here` : 'nothing to do';
}

function describeStep({ title, restarts }: MigrationPlan['steps'][number]): string {
  return restarts === 0 ? title : `${title}: ${count(restarts, 'restart')}`;
}

function remark({ direction }: MigrationPlan): string {
  return remarks[direction];
}

const remarks: Readonly<Record<MigrationPlan['direction'], string>> = {
  forward: 'Until `kafka-ha migrate --finalize` there is a way back: `kafka-ha migrate --back`.',
  back: 'Afterwards the cluster is as it was before the migration, with all that was changed meanwhile.',
  finalize: 'There is no way back from this. The volumes of ZooKeeper are kept.',
};
