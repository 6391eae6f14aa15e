import { VOLUME_FILL, type Spec } from '@kafka-ha/config';
import { nearRetention, volumeShares, type FindingCode } from '@kafka-ha/health';
import { components, quorumComponentOf } from '@kafka-ha/manifests';
import { clusterLabel, ingestOnDisk, ofCluster, servingServers, writtenByTopic } from '../query.ts';
import { restartSeconds, rollSeconds, twoReadingsSeconds } from './how-long.ts';
import { ofPausable, partitionsThatAre } from './partitions-that-are.ts';

/** An alert as Prometheus has it. Somebody is woken by a `critical` one; a `warning` waits for working hours. */
export type AlertRule = {
  alert: string;
  expr: string;
  forSeconds: number;
  severity: 'critical' | 'warning';
  summary: string;
  description: string;
  /** The first thing to do. */
  action: string;
};

/**
 * The alerts of a cluster. None fires during a roll, a scale, a migration or a single drill that passes: what a restart brings along
 * must last longer than one, and what a roll brings along longer than that of all pods. None fires for one reading alone, however
 * seldom the exporter reads.
 */
export function alertRules(spec: Spec): AlertRule[] {
  const rules = [...promise(spec), ...quorum(spec), ...volumes(spec), ...consumers(spec), ...rest(spec)];
  return rules.map((rule) => ({ ...rule, forSeconds: Math.max(rule.forSeconds, twoReadingsSeconds(spec)) }));
}

/** As soon as it is known to be so: see `alertRules`. */
const atOnce = 0;

function promise(spec: Spec): AlertRule[] {
  const { tolerance } = spec;
  const left = ofCluster(spec, 'kafka_ha_losses_left');
  const leastPromised = Math.min(tolerance, ...spec.otherTopics.map((other) => other.tolerance || tolerance));
  return [
    {
      alert: 'KafkaHaPartitionsOffline',
      expr: partitionsThatAre(spec, 'offline'),
      forSeconds: atOnce,
      severity: 'critical',
      summary: '{{ $value }} partitions of {{ $labels.kafka_cluster }} have no leader',
      description: `They can be neither written nor read. More brokers are away than may be lost.${ofPausable(spec)}`,
      action:
        'Bring back the brokers that were last in sync: `kafka-ha health` names them. Never allow an unclean election, because it loses records.',
    },
    {
      alert: 'KafkaHaWritesRefused',
      expr: partitionsThatAre(spec, 'under_min_isr'),
      forSeconds: atOnce,
      severity: 'critical',
      summary: '{{ $value }} partitions of {{ $labels.kafka_cluster }} refuse writes',
      description: `Fewer than ${spec.replication.minInSync} replicas are in sync: writes with acks=all are refused.${ofPausable(spec)}`,
      action: 'Bring back the brokers that are out of sync: `kafka-ha health` names them.',
    },
    {
      alert: 'KafkaHaNoLossLeft',
      expr: `${left} < 1`,
      // One restart is enough for this where a topic bears the loss of one broker alone.
      forSeconds: leastPromised === 1 ? rollSeconds(spec) : restartSeconds(spec),
      severity: 'critical',
      summary: 'The next broker that is lost stops writes to {{ $labels.kafka_cluster }}',
      description: `${brokersText(tolerance)} promised to be lost at once. None may be now.`,
      action:
        'Restart nothing, and drain no node. Find out why the brokers that `kafka-ha health` names are away or do not catch up.',
    },
    {
      alert: 'KafkaHaToleranceReduced',
      expr: `${left} < ${tolerance}`,
      forSeconds: rollSeconds(spec),
      severity: 'warning',
      summary:
        '{{ $labels.kafka_cluster }} may lose {{ $value }} brokers, not the ' + `${tolerance} promised`,
      description:
        'A broker is away, or replicas do not catch up, for longer than a roll of the whole cluster takes.',
      action:
        'Find out why the broker that `kafka-ha health` names is away, or why its replicas do not catch up: its disk, its log, a throttle.',
    },
    {
      alert: 'KafkaHaNoController',
      expr: `${ofCluster(spec, 'kafka_ha_controller_active')} < 1`,
      forSeconds: atOnce,
      severity: 'critical',
      summary: '{{ $labels.kafka_cluster }} has no active controller',
      description: 'No leader is elected when a broker is lost, and a broker that restarts cannot come back.',
      action: 'Look at the quorum first: without one nobody can be elected.',
    },
  ];
}

function brokersText(tolerance: number): string {
  return tolerance === 1 ? 'One broker is' : `${tolerance} brokers are`;
}

function quorum(spec: Spec): AlertRule[] {
  const { noun, system } = components[quorumComponentOf(spec)];
  const serving = servingServers(spec);
  return [
    {
      alert: 'KafkaHaQuorumLost',
      expr: `${serving} < 1`,
      forSeconds: atOnce,
      severity: 'critical',
      summary: `No ${noun} of {{ $labels.kafka_cluster }} serves`,
      description: `There is no quorum of ${system}. Brokers go on as they are, and nothing that happens to them can be mended.`,
      action: 'Bring a majority of the servers back. Leave the brokers alone.',
    },
    {
      alert: 'KafkaHaQuorumReduced',
      expr: `${serving} < ${ofCluster(spec, 'kafka_ha_quorum_servers_expected')}`,
      forSeconds: rollSeconds(spec),
      severity: 'warning',
      summary: `Only {{ $value }} ${noun}s of {{ $labels.kafka_cluster }} serve`,
      description: 'The next one that is lost may end the quorum.',
      action: 'Find out why its pod does not serve. Restart no other one meanwhile.',
    },
  ];
}

function volumes(spec: Spec): AlertRule[] {
  const used = ofCluster(spec, 'kafka_ha_volume_used_ratio');
  const compressed = ingestOnDisk(spec);
  const ingest = `sum by (kafka_cluster) (${writtenByTopic(spec)})`;
  return [
    {
      alert: 'KafkaHaVolumeFilling',
      expr: `${used} >= ${volumeShares.nearlyFull}`,
      forSeconds: 600,
      severity: 'warning',
      summary: 'The volume of broker {{ $labels.broker }} of {{ $labels.kafka_cluster }} is filling up',
      description: `{{ $value | humanizePercentage }} is used, and retention is computed to fill ${100 * VOLUME_FILL} % of it at the most. More is written than the file allows for, or topics are not in it, or have a retention of their own.`,
      action:
        'See in `kafka_ha_log_bytes` which topics are the largest. Put them into the cluster file, shorten their retention, or raise storage.size, and run `kafka-ha deploy`.',
    },
    {
      alert: 'KafkaHaVolumeFull',
      expr: `${used} >= ${volumeShares.full}`,
      forSeconds: 60,
      severity: 'critical',
      summary: 'The volume of broker {{ $labels.broker }} of {{ $labels.kafka_cluster }} is almost full',
      description: '{{ $value | humanizePercentage }} is used. A broker whose volume is full stops.',
      action: 'Raise storage.size at once and run `kafka-ha deploy`: volumes grow in place.',
    },
    {
      alert: 'KafkaHaIngestNearLimit',
      expr: `${ingest} / ${compressed} > 0.8`,
      forSeconds: 900,
      severity: 'warning',
      summary:
        '{{ $labels.kafka_cluster }} is written to at {{ $value | humanizePercentage }} of the rate of its file',
      description: `ingest.rate, at the compression of the file, is ${Math.round(compressed / 1e5) / 10} MB/s on disk. What follows from it no longer holds above it: retention, and time to catch up.`,
      action: 'Raise ingest.rate in the cluster file and see with `kafka-ha validate` what follows from it.',
    },
  ];
}

function consumers(spec: Spec): AlertRule[] {
  const used = `max by (kafka_cluster, group, topic) (${ofCluster(spec, 'kafka_ha_group_retention_used_ratio')})`;
  return [
    {
      alert: 'KafkaHaConsumerNearRetention',
      expr: `${used} >= ${nearRetention}`,
      forSeconds: atOnce,
      severity: 'warning',
      summary:
        'Group {{ $labels.group }} has yet to read {{ $value | humanizePercentage }} of what is kept of {{ $labels.topic }}',
      description: 'Kafka deletes the oldest records whether or not they were read.',
      action:
        'Find out why the group does not keep up. To gain time, raise the retention of the topic, or storage.size: `kafka-ha autosize` proposes one.',
    },
    {
      alert: 'KafkaHaConsumerLosesRecords',
      expr: `${used} >= 0.8`,
      forSeconds: atOnce,
      severity: 'critical',
      summary: 'Group {{ $labels.group }} is about to lose records of {{ $labels.topic }}',
      description:
        'It has yet to read {{ $value | humanizePercentage }} of what is kept; above 100 % records are gone that it has not read.',
      action:
        'Raise the retention of the topic at once, if its volume has room; then find out why the group does not keep up.',
    },
  ];
}

/** What operations bring along: it is not somebody's to mend as long as one runs, and each tells of it itself. A migration takes days. */
const ofOperations: readonly FindingCode[] = [
  'reassignment-ongoing',
  'migration-in-progress',
  'detail-unreadable',
];

/**
 * What is so while replicas are on their way: brokers that are new or about to go, lists of replicas half of which are as before, and
 * leaders that are elected at the end. It is told once nothing moves any more.
 */
const ofMoves: readonly FindingCode[] = [
  'broker-unexpected',
  'topic-breaks-promise',
  'min-isr-outranked',
  'leaders-not-preferred',
  'leaders-uneven',
];

function rest(spec: Spec): AlertRule[] {
  const findings = (severity: string, codes: string) =>
    ofCluster(spec, 'kafka_ha_findings', `severity="${severity}",code${codes}`);
  const moving = `${ofCluster(spec, 'kafka_ha_reassignments')} > 0`;
  const found = (severity: string) =>
    [
      `${findings(severity, `!~"${[...ofOperations, ...ofMoves].join('|')}"`)} > 0`,
      `or ${findings(severity, `=~"${ofMoves.join('|')}"`)} > 0 unless ignoring (code, severity) ${moving}`,
    ].join('\n');
  return [
    {
      alert: 'KafkaHaFindingError',
      expr: found('error'),
      forSeconds: rollSeconds(spec),
      severity: 'warning',
      summary: '{{ $labels.kafka_cluster }} has the finding {{ $labels.code }}',
      description: '`kafka-ha health` says what it is about, and what to do.',
      action: 'Run `kafka-ha health`. [Findings](findings.md) has them all.',
    },
    {
      alert: 'KafkaHaFindingWarning',
      expr: found('warning'),
      forSeconds: Math.max(3_600, rollSeconds(spec)),
      severity: 'warning',
      summary: '{{ $labels.kafka_cluster }} has the finding {{ $labels.code }}',
      description: '`kafka-ha health` says what it is about, and what to do.',
      action: 'Run `kafka-ha health`. [Findings](findings.md) has them all.',
    },
    {
      alert: 'KafkaHaPartitionsUnknown',
      expr: `${ofCluster(spec, 'kafka_ha_source_readable', 'source="topics"')} < 1`,
      forSeconds: atOnce,
      severity: 'critical',
      summary: 'The exporter cannot read the partitions of {{ $labels.kafka_cluster }}',
      description:
        'Either no broker answers, or none tells all. The alerts on partitions and losses cannot fire meanwhile.',
      action:
        'Run `kafka-ha health`. If it reaches the brokers, look at the network between them and the exporter, and at its log.',
    },
    {
      alert: 'KafkaHaNobodyWatches',
      expr: `absent(${ofCluster(spec, 'kafka_ha_losses_left')})`,
      forSeconds: 600,
      severity: 'critical',
      summary: `Nothing is known of ${clusterLabel(spec)}`,
      description:
        'The exporter is away, is not scraped, or reaches no broker: no other alert of this cluster can fire.',
      action:
        "Run `kafka-ha health`: it names an exporter that does not run. If it names none, look at the exporter's log, and at what Prometheus says of its target.",
    },
  ];
}
