import type { DrillResult } from '@kafka-ha/history';
import type { Column, Table } from '../table/table.ts';
import { consumerTable } from './consumer-table.ts';
import { afterFault, drillTable } from './drill-table.ts';

/** The table in two, and what consumers felt, each with the fault first: a page and a job summary are narrower than a terminal may be. */
export function summaryTables(results: readonly DrillResult[]): {
  verdicts: Table;
  times: Table;
  consumers: Table | null;
} {
  const table = drillTable(results);
  return {
    verdicts: pick(table, ({ group }) => group !== afterFault),
    times: pick(table, ({ group, title }) => group === afterFault || title === 'fault'),
    consumers: consumerTable(results),
  };
}

function pick({ columns, rows }: Table, keep: (column: Column) => boolean): Table {
  const kept = columns.map(keep);
  return {
    columns: columns.filter((_, index) => kept[index]),
    rows: rows.map((row) => row.filter((_, index) => kept[index])),
  };
}
