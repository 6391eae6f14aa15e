import type { Spec } from '@kafka-ha/config';
import { dashboard } from '@kafka-ha/metrics';
import type { Prometheus, Series } from './prometheus.ts';

/** A panel as Grafana is given it, as far as it is looked at here. */
export type GrafanaPanel = {
  type: string;
  title: string;
  gridPos: { w: number };
  targets: { expr: string; legendFormat: string; range?: boolean }[];
  fieldConfig: {
    defaults: { unit: string; thresholds?: { steps: { color: string; value: number | null }[] } };
  };
};

export type FilledPanel = {
  panel: GrafanaPanel;
  /** One for each series that a query has found, under its legend. */
  found: { name: string; series: Series }[];
  /** Queries that have found nothing. */
  empty: string[];
};

/** Asks what each panel of the dashboard asks, as Grafana does: those over time of this range, the others of its end. */
export async function fillDashboard(
  spec: Spec,
  prometheus: Prometheus,
  range: { fromMs: number; toMs: number },
): Promise<FilledPanel[]> {
  const panels = (dashboard(spec).panels ?? []) as unknown as GrafanaPanel[];
  const filled: FilledPanel[] = [];
  for (const panel of panels.filter(({ type }) => type !== 'row')) {
    const one: FilledPanel = { panel, found: [], empty: [] };
    for (const { expr, legendFormat, range: isRange } of panel.targets) {
      const series = isRange ? await prometheus.queryRange(expr, range) : await prometheus.query(expr);
      if (series.length === 0) one.empty.push(`${panel.title}: ${expr}`);
      one.found.push(...series.map((each) => ({ name: legendOf(legendFormat, each), series: each })));
    }
    filled.push(one);
  }
  return filled;
}

function legendOf(format: string, { labels }: Series): string {
  const text = format.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '');
  return text === '' ? Object.values(labels).join(', ') : text;
}
