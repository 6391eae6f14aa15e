import { counted } from '../../text/counted.ts';
import { markup, type Markup } from '../../text/markup.ts';
import { checksDetails } from './checks-details.ts';
import { failures } from '../failures.ts';
import { drillFigure } from '../figure/drill-figure.ts';
import { anomalyLists, anomalyTitle, comparedSentence } from '../drill-anomalies.ts';
import { verdictWords } from '../headline.ts';
import type { ReportedDrill } from '../reported-drill.ts';
import { victimNames } from '../victims.ts';
import { keyFigures } from './key-figures.ts';
import { phaseTable } from './phase-table.ts';

/** Everything about one drill. `id` is its anchor in the page. */
export function drillArticle(result: ReportedDrill, id: string): Markup {
  const verdict = result.verdict.result;
  const { word, icon } = verdictWords[verdict];
  const reasons = failures(result);
  const compared = comparedSentence(result);
  return markup`
<article id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${result.fault} <span class="badge ${verdict}"><span aria-hidden="true">${icon}</span> ${word}</span></h2>
<p>${result.title}. <span class="quiet">${victims(result)}</span></p>
${reasons.length > 0 && markup`<ul class="reasons ${verdict}">${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`}
${keyFigures(result)}
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
