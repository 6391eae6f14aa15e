import type { DrillResult } from '@kafka-ha/history';
import { htmlTable } from '../../table/html-table.ts';
import type { Markup } from '../../text/markup.ts';
import { plainSeconds } from '../../text/seconds.ts';
import { milestones } from '../milestones.ts';

/** Where the time went: each milestone, when after the fault, and how long after the one before. */
export function phaseTable(result: DrillResult): Markup | null {
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
      rows: steps.map(({ label, afterFaultMs, meaning }, index) => [
        { text: label },
        { text: plainSeconds(afterFaultMs) },
        { text: `+${plainSeconds(afterFaultMs - (steps[index - 1]?.afterFaultMs ?? 0))}`, tone: 'dim' },
        { text: meaning, tone: 'dim' },
      ]),
    },
    { caption: 'Where the time went' },
  );
}
