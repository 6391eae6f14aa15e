import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { stringify } from 'yaml';
import { metricCatalogue } from '../metric-catalogue.ts';
import { hasPromtool, runPromtool } from '../testing/promtool.ts';
import { dashboardRows } from './panels.ts';
import { dashboard, dashboardObject } from './render-dashboard.ts';

const zookeeper = aSpec({ metrics: {}, topics: [{ name: 'events', partitions: 20 }] });
const kraft = aSpec({ metrics: {}, mode: 'kraft', brokers: 3, tolerance: 1 });
const withPromtool = hasPromtool ? test : test.skip;
const queriesOf = (spec: typeof zookeeper) =>
  dashboardRows(spec).flatMap(({ panels }) =>
    panels.flatMap(({ queries }) => queries.map(({ expr }) => expr)),
  );

/** What a label may say; all others `x`. */
const values: Readonly<Record<string, readonly string[]>> = {
  state: ['offline', 'under_min_isr', 'at_min_isr', 'under_replicated', 'whole'],
  mode: ['leader', 'follower', 'unreachable'],
  severity: ['error', 'warning'],
};

/** A series of every metric that the exporter has, for each value of its labels. */
function allSeries(): { series: string; values: string }[] {
  return Object.entries(metricCatalogue).flatMap(([name, { labels }]) =>
    labels
      .reduce<string[]>(
        (sets, label) =>
          sets.flatMap((set) => (values[label] ?? ['x']).map((value) => `${set},${label}="${value}"`)),
        ['kafka_cluster="events"'],
      )
      .map((set) => ({ series: `${name}{${set}}`, values: '1+1x80' })),
  );
}

describe('dashboard', () => {
  test.each([zookeeper, kraft])('what is asked for is exported, by this cluster alone', (spec) => {
    for (const expr of queriesOf(spec)) {
      const names = [...expr.matchAll(/kafka_ha_\w+/g)].map(([name]) => name);
      for (const name of names) expect(Object.keys(metricCatalogue)).toContain(name);
      expect(expr.match(/kafka_cluster="events"/g) ?? []).toHaveLength(names.length);
    }
  });

  withPromtool('each query finds something where every metric is there', () => {
    const tests = queriesOf(zookeeper).map((expr) => ({
      expr: `count(${expr}) > bool 0`,
      eval_time: '20m',
      exp_samples: [{ labels: '{}', value: 1 }],
    }));
    const scene = { interval: '15s', input_series: allSeries(), promql_expr_test: tests };
    runPromtool(['test', 'rules'], { 'tests.yaml': stringify({ tests: [scene] }) });
  });

  test('a panel fills its row, and has one colour for each value', () => {
    for (const { panels } of [...dashboardRows(zookeeper), ...dashboardRows(kraft)]) {
      let column = 0;
      for (const { span } of panels) {
        column += span;
        expect(column).toBeLessThanOrEqual(24);
        if (column === 24) column = 0;
      }
      expect(column).toBe(0);
      for (const { steps = [] } of panels) {
        const from = steps.slice(1).map(([, value]) => value ?? NaN);
        expect(from).toEqual(from.toSorted((a, b) => a - b));
        expect(new Set(from).size).toBe(from.length);
      }
    }
  });

  test('nothing may be lost any more is red, all that was promised is green', () => {
    const stepsOf = (spec: typeof zookeeper) => dashboardRows(spec)[0]?.panels[0]?.steps;
    expect(stepsOf(zookeeper)).toEqual([
      ['red', null],
      ['orange', 1],
      ['green', 2],
    ]);
    expect(stepsOf(kraft)).toEqual([
      ['red', null],
      ['green', 1],
    ]);
  });

  test('it is asked of the Prometheus that is chosen, and Grafana finds it by its label', () => {
    const { panels = [], templating } = dashboard(zookeeper);
    expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }]);
    const shown = panels.filter(({ type }) => type !== 'row');
    expect(shown).toHaveLength(dashboardRows(zookeeper).flatMap((row) => row.panels).length);
    for (const panel of shown)
      expect(panel).toMatchObject({ datasource: { type: 'prometheus', uid: '${datasource}' } });
    const { metadata, data } = dashboardObject(zookeeper) as unknown as {
      metadata: { labels: Record<string, string> };
      data: Record<string, string>;
    };
    expect(metadata.labels).toMatchObject({ grafana_dashboard: '1' });
    expect(JSON.parse(data['events-exporter-dashboard.json'] ?? '')).toEqual(
      JSON.parse(JSON.stringify(dashboard(zookeeper))),
    );
  });
});
