import { createHash } from 'node:crypto';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { BigValueColorMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import {
  type Dashboard,
  DashboardBuilder,
  DatasourceVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Spec } from '@kafka-ha/config';
import { exporterSelector, names, type KubernetesObject } from '@kafka-ha/manifests';
import { clusterLabel } from '../query.ts';
import { dashboardRows, type Panel } from './panels.ts';

const source = { type: 'prometheus', uid: '${datasource}' };
const panelHeight = { stat: 4, bargauge: 8, timeseries: 8, table: 8 };

/** What Grafana imports: the dashboard of one cluster, on whichever Prometheus is chosen in it. */
export function dashboard(spec: Spec): Dashboard {
  const builder = new DashboardBuilder(`Kafka ${spec.namespace}/${clusterLabel(spec)}`)
    .uid(uidOf(spec))
    .tags(['kafka', 'kafka-ha'])
    .timezone('browser')
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
  for (const { title, panels } of dashboardRows(spec)) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(builderOf(panel));
  }
  return builder.build();
}

/** The same for Grafana's sidecar, which takes the ConfigMaps with this label. */
export function dashboardObject(spec: Spec): KubernetesObject {
  const name = `${names(spec).exporter}-dashboard`;
  const labels = { ...exporterSelector(spec), grafana_dashboard: '1' };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: spec.namespace, labels },
    data: { [`${name}.json`]: JSON.stringify(dashboard(spec)) },
  };
}

/** Grafana takes 40 characters at most, and the same dashboard again where it is the same. */
function uidOf(spec: Spec): string {
  const which = `${spec.namespace}/${clusterLabel(spec)}`;
  return `kafka-ha-${createHash('sha256').update(which).digest('hex').slice(0, 16)}`;
}

function builderOf(panel: Panel) {
  const builder = withLooks(panel)
    .title(panel.title)
    .description(panel.description)
    .datasource(source)
    .unit(panel.unit)
    .min(0)
    .span(panel.span)
    .height(panelHeight[panel.kind]);
  if (panel.steps !== undefined) builder.thresholds(thresholdsOf(panel.steps));
  for (const query of panel.queries) builder.withTarget(queryOf(panel, query));
  return builder;
}

function withLooks({ kind }: Panel) {
  switch (kind) {
    case 'stat':
      return new StatBuilder().colorMode(BigValueColorMode.Background);
    case 'bargauge':
      return new BarGaugeBuilder().orientation(VizOrientation.Horizontal).max(1);
    case 'table':
      return new TableBuilder();
    case 'timeseries':
      return new TimeseriesBuilder();
  }
}

function thresholdsOf(steps: NonNullable<Panel['steps']>) {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(([color, value]) => ({ color, value })));
}

function queryOf({ kind }: Panel, { expr, legend }: Panel['queries'][number]): Builder<Dataquery> {
  const query = new DataqueryBuilder().expr(expr).legendFormat(legend).datasource(source);
  if (kind === 'timeseries') return query.range();
  return kind === 'table' ? query.instant().format(PromQueryFormat.Table) : query.instant();
}
