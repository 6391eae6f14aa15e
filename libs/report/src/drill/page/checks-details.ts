import { count } from '@kafka-ha/base';
import type { Check } from '@kafka-ha/history';
import { htmlTable } from '../../table/html-table.ts';
import type { Tone } from '../../table/table.ts';
import { markup, type Markup } from '../../text/markup.ts';
import { figureOf, limitOf, objectiveNames } from '../checks.ts';
import type { ReportedDrill } from '../reported-drill.ts';

const words: Record<Check['result'], { text: string; tone: Tone }> = {
  pass: { text: 'kept', tone: 'good' },
  fail: { text: 'broken', tone: 'bad' },
  unknown: { text: 'not known', tone: 'dim' },
};

/** Every objective with its figure and its limit, folded away. */
export function checksDetails({ verdict: { checks } }: ReportedDrill): Markup | null {
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
