import type { Ledger } from '@kafka-ha/history';
import { htmlTable } from '../../table/html-table.ts';
import { markup, type Markup } from '../../text/markup.ts';
import { ledgerSentence } from '../headline.ts';
import { ledgerTable } from '../ledger-table.ts';

const shown = 20;

/** What all drills so far support, and the newest of them. */
export function ledgerSection(ledger: Ledger): Markup {
  const { entries } = ledger;
  const newest = entries.slice(-shown).reverse();
  return markup`
<section aria-labelledby="ledger">
<h2 id="ledger">Ledger</h2>
<p>${ledgerSentence(ledger)}</p>
${htmlTable(ledgerTable(newest), {
  caption: entries.length > shown ? `The newest ${shown} of ${entries.length} drills` : 'All drills so far',
})}
</section>`;
}
