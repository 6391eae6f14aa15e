import type { Spec } from '@kafka-ha/config';
import type { MetricName } from './metric-catalogue.ts';

/** What of a file says which cluster a metric is of. */
export type Watched = Pick<Spec, 'name' | 'metrics'>;

/** The value of the label `kafka_cluster`. */
export function clusterLabel({ name, metrics }: Watched): string {
  return metrics?.cluster ?? name;
}

/** A metric of this cluster alone, in PromQL. `labels` as between its braces. */
export function ofCluster(watched: Watched, metric: MetricName, labels = ''): string {
  return `${metric}{kafka_cluster="${clusterLabel(watched)}"${labels === '' ? '' : `,${labels}`}}`;
}

/** Quorum servers that serve: one that looks for a leader does not. */
export function servingServers(spec: Watched): string {
  return `sum without (mode) (${ofCluster(spec, 'kafka_ha_quorum_servers', 'mode=~"leader|follower|standalone"')})`;
}

/** Bytes per second that a topic's partitions are written on disk, on average of a quarter of an hour: once, however many exporters there are. */
export function writtenByTopic(spec: Watched): string {
  const written = ofCluster(spec, 'kafka_ha_topic_records_written_total');
  const rate = `rate(${written}[15m]) * ${ofCluster(spec, 'kafka_ha_topic_record_bytes')}`;
  return `max by (kafka_cluster, topic) (${rate})`;
}

/** What producers may write on disk by the cluster file, in bytes per second. */
export function ingestOnDisk({ ingest }: Pick<Spec, 'ingest'>): number {
  return ingest.bytesPerSecond / ingest.compression;
}
