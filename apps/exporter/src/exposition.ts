import { metricCatalogue, type MetricName, type Metrics } from '@kafka-ha/metrics';
import { Counter, Gauge, Registry } from 'prom-client';

/**
 * Metrics as Prometheus reads them. A registry for each reading, since what could not be read this time is not in it, and for each
 * metric, since those of all consumers at once would take more memory than the pod has.
 */
export async function exposition(cluster: string, metrics: Metrics): Promise<string> {
  const parts: string[] = [];
  for (const [name, { kind, labels: labelNames, help }] of Object.entries(metricCatalogue)) {
    const samples = metrics[name as MetricName];
    if (samples === undefined) continue;
    const registry = new Registry();
    registry.setDefaultLabels({ kafka_cluster: cluster });
    const registers = [registry];
    if (kind === 'gauge') {
      const gauge = new Gauge({ name, help, labelNames, registers });
      for (const { labels, value } of samples) gauge.labels(...labels).set(value);
    } else {
      const counter = new Counter({ name, help, labelNames, registers });
      for (const { labels, value } of samples) counter.labels(...labels).inc(value);
    }
    parts.push(await registry.metrics());
  }
  return parts.join('');
}
