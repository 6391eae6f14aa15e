import { metricCatalogue, type MetricName, type Metrics } from '@kafka-ha/metrics';
import { Counter, Gauge, Registry } from 'prom-client';

/** Metrics as Prometheus reads them. A registry for each reading: what could not be read this time is not in it. */
export async function exposition(cluster: string, metrics: Metrics): Promise<string> {
  const registry = new Registry();
  registry.setDefaultLabels({ kafka_cluster: cluster });
  for (const [name, { kind, labels: labelNames, help }] of Object.entries(metricCatalogue)) {
    const samples = metrics[name as MetricName];
    if (samples === undefined) continue;
    const registers = [registry];
    if (kind === 'gauge') {
      const gauge = new Gauge({ name, help, labelNames, registers });
      for (const { labels, value } of samples) gauge.labels(...labels).set(value);
    } else {
      const counter = new Counter({ name, help, labelNames, registers });
      for (const { labels, value } of samples) counter.labels(...labels).inc(value);
    }
  }
  return await registry.metrics();
}
