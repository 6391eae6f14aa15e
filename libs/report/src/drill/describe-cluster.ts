import { count } from '@kafka-ha/base';
import type { DrillResult } from '@kafka-ha/history';

/** What was drilled: "events in kafka: 5 brokers, 2 may be lost at once, …". Several clusters are told one after the other. */
export function describeCluster(results: readonly DrillResult[]): string {
  const sentences = results.map(
    ({ cluster: { name, namespace, brokers, tolerance, minInSync, versions } }) =>
      `Cluster ${name} in ${namespace}: ${count(brokers, 'broker')}, ${tolerance} may be lost at once, ` +
      `min.insync.replicas ${minInSync}; Kafka ${versions.kafka}, ZooKeeper ${versions.zookeeper}, client ${versions.client}.`,
  );
  return [...new Set(sentences)].join(' ');
}
