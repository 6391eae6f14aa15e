import { planHeadline, planSections, type PlanLine } from '@kafka-ha/report';
import { type Plan } from '@kafka-ha/planning';
import { colorsOf } from './colors.ts';

/** A plan for a person at a terminal. */
export function printPlan(plan: Plan, stream: NodeJS.WriteStream): void {
  const { bold, dim, green, red, yellow } = colorsOf(stream);
  const { name, namespace, context } = plan.cluster;
  const paint = { '+': green, '~': yellow, '-': red, '!': red, ' ': dim };
  const painted = ({ sign, text }: PlanLine) => `  ${paint[sign](`${sign} ${text}`)}`;
  const sections = planSections(plan).flatMap(({ title, lines }) => ['', bold(title), ...lines.map(painted)]);
  const unhealthy = plan.health.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ subject, reason }) => `  ${red('✗')} ${subject}: ${reason}`);
  const health = unhealthy.length === 0 ? [] : ['', bold('Not healthy now'), ...unhealthy];
  stream.write(
    `${[`${bold(`${namespace}/${name}`)} in context ${context}: ${planHeadline(plan)}`, ...sections, ...health].join('\n')}\n`,
  );
}
