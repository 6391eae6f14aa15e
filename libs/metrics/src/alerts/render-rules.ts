import type { Spec } from '@kafka-ha/config';
import { exporterSelector, names, type JsonObject, type KubernetesObject } from '@kafka-ha/manifests';
import { stringify } from 'yaml';
import { clusterLabel } from '../query.ts';
import { alertRules, type AlertRule } from './alert-rules.ts';

export type RenderOptions = {
  /** Address of this documentation, which alerts link to; without it they have no link. */
  docs?: string | undefined;
};

/** A file of rules for Prometheus. */
export function ruleFile(spec: Spec, options: RenderOptions): JsonObject {
  return {
    groups: [
      {
        name: `kafka-ha-${clusterLabel(spec)}`,
        rules: alertRules(spec).map((rule) => toPrometheus(rule, options)),
      },
    ],
  };
}

export function ruleFileYaml(spec: Spec, options: RenderOptions): string {
  return stringify(ruleFile(spec, options), { lineWidth: 0 });
}

/** The same rules, and what to scrape, as objects of the Prometheus operator. */
export function operatorObjects(spec: Spec, options: RenderOptions): KubernetesObject[] {
  const metadata = {
    name: names(spec).exporter,
    namespace: spec.namespace,
    labels: exporterSelector(spec),
  };
  return [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: {
        selector: { matchLabels: exporterSelector(spec) },
        podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata,
      spec: ruleFile(spec, options),
    },
  ];
}

function toPrometheus(
  { alert, expr, forSeconds, severity, summary, description, action }: AlertRule,
  { docs }: RenderOptions,
): JsonObject {
  return {
    alert,
    expr,
    for: `${forSeconds}s`,
    labels: { severity },
    annotations: {
      summary,
      description,
      // A link within the documentation means nothing elsewhere.
      action: action.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'),
      ...(docs !== undefined && { runbook_url: `${docs}/monitoring.md#${alert.toLowerCase()}` }),
    },
  };
}
