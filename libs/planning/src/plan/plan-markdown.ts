import { planHeadline, planSections } from './plan-lines.ts';
import type { Plan } from './plan.ts';

/** A plan for a pull request: each section as a diff, which GitHub colours. */
export function planMarkdown(plan: Plan): string {
  const { name, namespace } = plan.cluster;
  const sections = planSections(plan).map(
    ({ title, lines }) =>
      `**${title}**\n\n${fence}diff\n${lines.map(({ sign, text }) => `${markdownSign[sign]} ${text}`).join('\n')}\n${fence}\n`,
  );
  return [`**${namespace}/${name}: ${planHeadline(plan)}**\n`, ...sections].join('\n');
}

/** Longer than any run of backticks in a configuration. */
const fence = '````';

const markdownSign = { '+': '+', '-': '-', '~': '!', '!': '-', ' ': ' ' } as const;
