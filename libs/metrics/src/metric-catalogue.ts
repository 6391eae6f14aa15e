/** What is exported of one kind. */
export type MetricEntry = {
  kind: 'gauge' | 'counter';
  /** Beside `kafka_cluster`, which all have. */
  labels: readonly string[];
  help: string;
};

/** Every metric of the exporter. Names and labels are stable: alerts and dashboards rely on them. */
export const metricCatalogue = {
  kafka_ha_losses_left: {
    kind: 'gauge',
    labels: [],
    help: 'Brokers that may be lost now with every partition still taking acks=all writes and nothing lost. Below 0: as many replicas are lacking to take writes.',
  },
  kafka_ha_losses_promised: { kind: 'gauge', labels: [], help: 'The tolerance of the cluster file.' },
  kafka_ha_partitions: {
    kind: 'gauge',
    labels: ['state'],
    help: 'Partitions by the worst that is true of each: offline, under_min_isr (writes are refused), at_min_isr (the next loss refuses them), under_replicated or whole.',
  },
  kafka_ha_partitions_pausable: {
    kind: 'gauge',
    labels: ['state'],
    help: 'Of these, those of topics to which `otherTopics` gives a tolerance of 0: they may be away while a broker restarts.',
  },
  kafka_ha_leaders: { kind: 'gauge', labels: ['broker'], help: 'Partitions that a broker leads.' },
  kafka_ha_leaders_not_preferred: {
    kind: 'gauge',
    labels: [],
    help: 'Partitions that another broker leads than the preferred one, which is in sync.',
  },
  kafka_ha_brokers_expected: { kind: 'gauge', labels: [], help: 'Brokers of the cluster file.' },
  kafka_ha_brokers_registered: { kind: 'gauge', labels: [], help: 'Brokers that Kafka takes for alive.' },
  kafka_ha_brokers_cut_off: {
    kind: 'gauge',
    labels: [],
    help: 'Brokers that answer from old memory, for more than some seconds.',
  },
  kafka_ha_controller_active: {
    kind: 'gauge',
    labels: [],
    help: '1 where there is an active controller, 0 where there is none.',
  },
  kafka_ha_quorum_servers_expected: {
    kind: 'gauge',
    labels: [],
    help: 'ZooKeeper servers or controllers of the cluster file.',
  },
  kafka_ha_quorum_servers: {
    kind: 'gauge',
    labels: ['mode'],
    help: 'ZooKeeper servers or controllers by their own word: leader, follower, standalone, looking or unreachable.',
  },
  kafka_ha_quorum_synced_followers: {
    kind: 'gauge',
    labels: [],
    help: 'Followers that have all that the leader of the quorum has, by its word.',
  },
  kafka_ha_quorum_behind_seconds: {
    kind: 'gauge',
    labels: ['server'],
    help: 'How long a controller has lacked metadata that the active one has. Only with mode: kraft.',
  },
  kafka_ha_metadata_behind_seconds: {
    kind: 'gauge',
    labels: ['broker'],
    help: 'How long a broker has lacked metadata that the active controller has. Only with mode: kraft.',
  },
  kafka_ha_log_bytes: {
    kind: 'gauge',
    labels: ['broker', 'topic'],
    help: "Bytes of a topic's records on the disk of a broker.",
  },
  kafka_ha_volume_bytes: { kind: 'gauge', labels: ['broker'], help: "Size of a broker's volume." },
  kafka_ha_volume_used_bytes: {
    kind: 'gauge',
    labels: ['broker'],
    help: "What of a broker's volume it cannot write to any more.",
  },
  kafka_ha_volume_used_ratio: {
    kind: 'gauge',
    labels: ['broker'],
    help: "Share of a broker's volume that is used, from 0 to 1.",
  },
  kafka_ha_retention_seconds: {
    kind: 'gauge',
    labels: ['topic'],
    help: 'Age of the oldest record that is kept, of the partition that keeps the least.',
  },
  kafka_ha_topic_records_written_total: {
    kind: 'counter',
    labels: ['topic'],
    help: 'Records ever written to a topic: the sum of the end offsets of its partitions. Absent while one of them has no leader that answers.',
  },
  kafka_ha_topic_record_bytes: {
    kind: 'gauge',
    labels: ['topic'],
    help: 'Bytes of a record of a topic on disk, as producers have compressed it, on average of those that were written lately.',
  },
  kafka_ha_reassignments: { kind: 'gauge', labels: [], help: 'Partitions whose replicas are being moved.' },
  kafka_ha_throttles: {
    kind: 'gauge',
    labels: [],
    help: 'Brokers and topics that have a replication throttle. Without a reassignment it was left behind.',
  },
  kafka_ha_group_lag_records: {
    kind: 'gauge',
    labels: ['group', 'topic', 'partition'],
    help: 'Records that a consumer group has yet to read, by what it has committed.',
  },
  kafka_ha_group_lag_seconds: {
    kind: 'gauge',
    labels: ['group', 'topic', 'partition'],
    help: 'How long ago the next record was written that a consumer group would read. Estimated.',
  },
  kafka_ha_group_retention_used_ratio: {
    kind: 'gauge',
    labels: ['group', 'topic', 'partition'],
    help: 'Lag of a consumer group divided by what is kept of the partition. At 1 the next record that Kafka deletes is one that it has not read; above 1 such records are gone.',
  },
  kafka_ha_group_partitions_omitted: {
    kind: 'gauge',
    labels: [],
    help: 'Partitions of consumer groups that have no series, since there are too many. Of each group and topic the worst ones have.',
  },
  kafka_ha_findings: {
    kind: 'gauge',
    labels: ['code', 'severity'],
    help: 'Findings as `kafka-ha health` reports them, as far as they can be seen without Kubernetes.',
  },
  kafka_ha_source_readable: {
    kind: 'gauge',
    labels: ['source'],
    help: '1 where the last reading could read this source, 0 where it could not: metrics that follow from it are then absent.',
  },
  kafka_ha_reading_duration_seconds: { kind: 'gauge', labels: [], help: 'How long the last reading took.' },
} as const satisfies Record<string, MetricEntry>;

export type MetricName = keyof typeof metricCatalogue;

/** Values of the labels, in the order of the catalogue. */
export type Sample = { labels: readonly string[]; value: number };

/** Of one reading. A metric that is not here could not be read. */
export type Metrics = Partial<Record<MetricName, readonly Sample[]>>;
