import { setImmediate } from 'node:timers/promises';
import { metricCatalogue, type MetricName, type Metrics } from '@kafka-ha/metrics';
import { Counter, Gauge, Registry } from 'prom-client';

/** Samples that are written at once: in some hundredths of a second, after which a scrape gets its turn. */
const atOnce = 1_000;

/**
 * Metrics as Prometheus reads them. A registry for each reading, since what could not be read this time is not in it, and for so
 * many samples, since those of all consumers at once would take more memory than the pod has, and hold up who scrapes meanwhile.
 * In bytes, part by part, which are not on the heap: the page before is there as long as it is served.
 */
export async function exposition(cluster: string, metrics: Metrics): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for (const [name, { kind, labels: labelNames, help }] of Object.entries(metricCatalogue)) {
    const samples = metrics[name as MetricName];
    if (samples === undefined) continue;
    for (let at = 0; at === 0 || at < samples.length; at += atOnce) {
      const registry = new Registry();
      registry.setDefaultLabels({ kafka_cluster: cluster });
      const registers = [registry];
      const some = samples.slice(at, at + atOnce);
      if (kind === 'gauge') {
        const gauge = new Gauge({ name, help, labelNames, registers });
        for (const { labels, value } of some) gauge.labels(...labels).set(value);
      } else {
        const counter = new Counter({ name, help, labelNames, registers });
        for (const { labels, value } of some) counter.labels(...labels).inc(value);
      }
      const text = await registry.metrics();
      parts.push(Buffer.from(at === 0 ? text : text.replace(header, '')));
      await setImmediate();
    }
  }
  return parts;
}

/** What a metric is, which is said once. */
const header = /^(#.*\n)+/;
