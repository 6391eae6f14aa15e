import type { Spec } from '@kafka-ha/config';
import {
  assess,
  findingCatalogue,
  judgePartitions,
  lossesLeft,
  mayPause,
  valueOf,
  type FindingCode,
  type Reading,
  type State,
  type TopicState,
} from '@kafka-ha/health';
import { components, quorumComponentOf } from '@kafka-ha/manifests';
import type { ClusterReading } from './cluster-reading.ts';
import { consumerLags, type ConsumerLag } from './consumer-lag.ts';
import type { EndHistory } from './end-history.ts';
import type { Metrics, Sample } from './metric-catalogue.ts';
import { recordBytes } from './written-lately.ts';

/** Everything that one reading tells. `history` is where logs ended before it. */
export function metricsOf(spec: Spec, reading: ClusterReading, history: EndHistory): Metrics {
  const lags = lagsIn(reading, history);
  const state: State = { ...reading.state, pods: notSeen, statefulSets: notSeen, consumers: lags };
  const topics = valueOf(state.topics);
  return {
    kafka_ha_losses_promised: one(spec.tolerance),
    ...(topics && promise(spec, state, topics)),
    ...brokers(spec, state),
    ...quorum(spec, state),
    ...logs(reading, topics ?? []),
    ...volumes(state),
    ...changes(state),
    ...(lags.kind === 'read' && {
      ...consumers(lags.value),
      kafka_ha_group_partitions_omitted: one(reading.omittedOffsets),
    }),
    kafka_ha_findings: findings(spec, state),
    kafka_ha_source_readable: sources(state),
    kafka_ha_reading_duration_seconds: one((reading.readAtMs - reading.beganAtMs) / 1000),
  };
}

const notSeen: Reading<never> = { kind: 'unreadable', reason: 'the exporter does not look at Kubernetes' };

function lagsIn(reading: ClusterReading, history: EndHistory): Reading<readonly ConsumerLag[]> {
  const { groups } = reading;
  if (groups.kind === 'unreadable') return groups;
  return { kind: 'read', value: consumerLags(groups.value, reading, history) };
}

function promise(spec: Spec, state: State, topics: readonly TopicState[]): Metrics {
  const left = lossesLeft(spec, topics);
  const [counts, pausable] = [{ ...none }, { ...none }];
  let notPreferred = 0;
  const leads = new Map<number, number>();
  for (const topic of topics) {
    const pauses = mayPause(spec, topic);
    for (const { partition, condition } of judgePartitions(state, topic)) {
      const { leader, isr, replicas } = partition;
      const [preferred = -1] = replicas;
      if (leader !== null) leads.set(leader, (leads.get(leader) ?? 0) + 1);
      if (leader !== null && leader !== preferred && isr.includes(preferred)) notPreferred += 1;
      const isAtMin = condition === 'under-replicated' && isr.length === topic.minInSync;
      const name = isAtMin ? 'at_min_isr' : states[condition];
      counts[name] += 1;
      if (pauses) pausable[name] += 1;
    }
  }
  const registered = valueOf(state.brokers)?.map(({ id }) => id) ?? [];
  return {
    ...(left !== null && { kafka_ha_losses_left: one(Math.min(left, spec.tolerance)) }),
    kafka_ha_partitions: byName(counts),
    kafka_ha_partitions_pausable: byName(pausable),
    kafka_ha_leaders: registered.map((id) => ({ labels: [String(id)], value: leads.get(id) ?? 0 })),
    kafka_ha_leaders_not_preferred: one(notPreferred),
  };
}

const none = { offline: 0, under_min_isr: 0, at_min_isr: 0, under_replicated: 0, whole: 0 };

function byName(counts: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(counts).map(([name, value]) => ({ labels: [name], value }));
}

const states = {
  offline: 'offline',
  'under-min-isr': 'under_min_isr',
  'under-replicated': 'under_replicated',
  whole: 'whole',
} as const;

function brokers(spec: Spec, { brokers, controllerId, cutOff }: State): Metrics {
  return {
    kafka_ha_brokers_expected: one(spec.brokers),
    ...(brokers.kind === 'read' && {
      kafka_ha_brokers_registered: one(brokers.value.length),
      kafka_ha_brokers_cut_off: one(cutOff.length),
    }),
    ...(controllerId.kind === 'read' && {
      kafka_ha_controller_active: one(controllerId.value === null ? 0 : 1),
    }),
  };
}

function quorum(spec: Spec, { quorum, metadata }: State): Metrics {
  const servers = valueOf(quorum);
  const synced = servers?.find(({ mode }) => mode === 'leader')?.syncedFollowers;
  const behind = servers?.flatMap(({ ordinal, behindMs }) => inSeconds(ordinal, behindMs)) ?? [];
  const copies = valueOf(metadata)?.copies.flatMap((it) => inSeconds(it.brokerId, it.behindMs)) ?? [];
  return {
    kafka_ha_quorum_servers_expected: one(components[quorumComponentOf(spec)].wanted(spec).pods),
    ...(servers && {
      kafka_ha_quorum_servers: serverModes.map((mode) => ({
        labels: [mode],
        value: servers.filter((server) => server.mode === mode).length,
      })),
    }),
    ...(synced !== undefined && { kafka_ha_quorum_synced_followers: one(synced) }),
    ...(behind.length > 0 && { kafka_ha_quorum_behind_seconds: behind }),
    ...(copies.length > 0 && { kafka_ha_metadata_behind_seconds: copies }),
  };
}

const serverModes = ['leader', 'follower', 'standalone', 'looking', 'unreachable'] as const;

/** One that has not had all since the last election is behind for longer than anybody can say. */
function inSeconds(id: number, behindMs: number | null | undefined): Sample[] {
  if (behindMs === undefined) return [];
  return [{ labels: [String(id)], value: behindMs === null ? Infinity : behindMs / 1000 }];
}

function logs(
  { logs, written: lately, logBytes, readAtMs }: ClusterReading,
  topics: readonly TopicState[],
): Metrics {
  const sizes = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  const retention: Sample[] = [];
  const written: Sample[] = [];
  const ofRecords: Sample[] = [];
  for (const [topic, partitions] of logs) {
    const of = (value: number): Sample => ({ labels: [topic], value });
    const all = [...partitions.values()];
    const ages = all.flatMap(({ oldestAtMs }) => (oldestAtMs === null ? [] : [readAtMs - oldestAtMs]));
    if (ages.length > 0)
      retention.push(
        of(
          Math.max(
            0,
            ages.reduce((a, b) => Math.min(a, b)),
          ) / 1000,
        ),
      );
    // Without one of them the sum would fall, and Prometheus take that for a counter that begins anew.
    if (all.length === sizes.get(topic)) written.push(of(all.reduce((sum, { end }) => sum + end, 0)));
    const bytes = recordBytes(lately.get(topic), all);
    if (bytes !== undefined) ofRecords.push(of(bytes));
  }
  return {
    kafka_ha_retention_seconds: retention,
    kafka_ha_topic_records_written_total: written,
    kafka_ha_topic_record_bytes: ofRecords,
    kafka_ha_log_bytes: logBytes.map(({ brokerId, topic, bytes }) => ({
      labels: [String(brokerId), topic],
      value: bytes,
    })),
  };
}

function volumes({ disks }: State): Metrics {
  const read = disks.flatMap(({ brokerId, usage }) =>
    usage.kind === 'read' ? [{ labels: [String(brokerId)], ...usage.value }] : [],
  );
  return {
    kafka_ha_volume_bytes: read.map(({ labels, sizeBytes: value }) => ({ labels, value })),
    kafka_ha_volume_used_bytes: read.map(({ labels, usedBytes: value }) => ({ labels, value })),
    kafka_ha_volume_used_ratio: read.map(({ labels, usedBytes, sizeBytes }) => ({
      labels,
      value: usedBytes / sizeBytes,
    })),
  };
}

function changes({ reassignments, brokerSettings, topics }: State): Metrics {
  const moving = valueOf(reassignments);
  const isThrottled = ({ throttles }: { throttles: readonly unknown[] }) => throttles.length > 0;
  const holders = [valueOf(brokerSettings), valueOf(topics)];
  return {
    ...(moving && { kafka_ha_reassignments: one(moving.length) }),
    ...(holders.every((them) => them !== undefined) && {
      kafka_ha_throttles: one(holders.reduce((sum, them) => sum + them.filter(isThrottled).length, 0)),
    }),
  };
}

function consumers(lags: readonly ConsumerLag[]): Metrics {
  const samples = (value: (lag: ConsumerLag) => number | null) =>
    lags.flatMap((lag): Sample[] => {
      const figure = value(lag);
      return figure === null
        ? []
        : [{ labels: [lag.group, lag.topic, String(lag.partition)], value: figure }];
    });
  return {
    kafka_ha_group_lag_records: samples(({ lagRecords }) => lagRecords),
    kafka_ha_group_lag_seconds: samples(({ lagSeconds }) => lagSeconds),
    kafka_ha_group_retention_used_ratio: samples(({ retentionUsed }) => retentionUsed),
  };
}

/** Also those of which there are none, so that an alert can tell that from silence. */
function findings(spec: Spec, state: State): Sample[] {
  const found = assess(spec, state, { withoutKubernetes: true }).findings;
  const codes = (Object.keys(findingCatalogue) as FindingCode[]).filter(
    (code) => !findingCatalogue[code].kubernetesOnly,
  );
  return codes.map((code) => ({
    labels: [code, findingCatalogue[code].severity],
    value: found.filter((finding) => finding.code === code).length,
  }));
}

function sources(state: State): Sample[] {
  const always = ['brokers', 'controllerId', 'topics', 'reassignments', 'brokerSettings', 'quorum'] as const;
  const inSomeModes = ['otherQuorum', 'metadata'] as const;
  return [...always, ...inSomeModes, 'consumers' as const].flatMap((source) => {
    const reading = state[source];
    return reading === undefined ? [] : [{ labels: [source], value: reading.kind === 'read' ? 1 : 0 }];
  });
}

function one(value: number): Sample[] {
  return [{ labels: [], value }];
}
