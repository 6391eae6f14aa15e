import { planHeadline, planSections } from './plan-lines.ts';
import type { Plan } from '@kafka-ha/planning';

/** A plan for a pull request: each section as a diff, which GitHub colours. */
export function planMarkdown(plan: Plan): string {
  const { name, namespace, context } = plan.cluster;
  const sections = planSections(plan).map(({ title, lines }) => {
    const text = lines.map(({ sign, text }) => `${markdownSign[sign]} ${inert(text)}`).join('\n');
    const fence = fenceAround(text);
    return `**${title}**\n\n${fence}diff\n${text}\n${fence}\n`;
  });
  return [`**${namespace}/${name} in context ${inert(context)}: ${planHeadline(plan)}**\n`, ...sections].join(
    '\n',
  );
}

/** One backtick more than any run of them in the text: nothing in it ends the block. */
function fenceAround(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}

/** Nobody is mentioned, and no comment of HTML begins or ends, wherever the text is put: an invisible space is in between. */
function inert(text: string): string {
  return text.replaceAll('@', '@\u200b').replaceAll('<!--', '<\u200b!--').replaceAll('-->', '--\u200b>');
}

const markdownSign = { '+': '+', '-': '-', '~': '!', '!': '-', ' ': ' ' } as const;
