import type { Spec } from '@kafka-ha/config';
import type { MetricName } from './metric-catalogue.ts';

/** A metric of this cluster alone, in PromQL. `labels` as between its braces. */
export function ofCluster({ name }: Pick<Spec, 'name'>, metric: MetricName, labels = ''): string {
  return `${metric}{kafka_cluster="${name}"${labels === '' ? '' : `,${labels}`}}`;
}

/** Quorum servers that serve: one that looks for a leader does not. */
export function servingServers(spec: Pick<Spec, 'name'>): string {
  return `sum without (mode) (${ofCluster(spec, 'kafka_ha_quorum_servers', 'mode=~"leader|follower|standalone"')})`;
}

/** Bytes per second that a topic's partitions are written on disk, on average of a quarter of an hour: once, however many exporters there are. */
export function writtenByTopic(spec: Pick<Spec, 'name'>): string {
  const written = ofCluster(spec, 'kafka_ha_topic_records_written_total');
  const rate = `rate(${written}[15m]) * ${ofCluster(spec, 'kafka_ha_topic_record_bytes')}`;
  return `max by (kafka_cluster, topic) (${rate})`;
}

/** What producers may write on disk by the cluster file, in bytes per second. */
export function ingestOnDisk({ ingest }: Pick<Spec, 'ingest'>): number {
  return ingest.bytesPerSecond / ingest.compression;
}
