import { VOLUME_FILL, type Spec } from '@kafka-ha/config';
import { nearRetention, volumeShares } from '@kafka-ha/health';
import { components, quorumComponentOf } from '@kafka-ha/manifests';
import { ingestOnDisk, ofCluster, servingServers, writtenByTopic } from '../query.ts';

/** One question of whoever is on call, and the panels that answer it. */
export type PanelRow = { title: string; panels: Panel[] };

export type Panel = {
  title: string;
  /** What it means, and what to do where it is not green. */
  description: string;
  kind: 'stat' | 'timeseries' | 'bargauge' | 'table';
  /** As Grafana names it. */
  unit: 'short' | 'percentunit' | 's' | 'bytes' | 'Bps';
  queries: { expr: string; legend: string }[];
  /** From which value on it has which colour; the first from anywhere. */
  steps?: [color: Color, from: number | null][];
  /** Of the dashboard's 24 columns. */
  span: number;
};

type Color = 'green' | 'orange' | 'red';

/** At most so many lines in one picture. */
const most = 10;

/** The dashboard of a cluster, from what is looked at first to what is looked at last. */
export function dashboardRows(spec: Spec): PanelRow[] {
  return [
    { title: 'May I lose a broker now?', panels: [...promiseNow(spec), ...promiseOverTime(spec)] },
    { title: 'Who is near loss?', panels: consumers(spec) },
    { title: 'What is growing?', panels: growth(spec) },
    { title: 'What goes on?', panels: events(spec) },
  ];
}

function promiseNow(spec: Spec): Panel[] {
  const { tolerance, brokers } = spec;
  const { noun, wanted } = components[quorumComponentOf(spec)];
  const { pods: servers } = wanted(spec);
  const refused = ofCluster(spec, 'kafka_ha_partitions', 'state=~"offline|under_min_isr"');
  const registered = ofCluster(spec, 'kafka_ha_brokers_registered');
  const count = { kind: 'stat', unit: 'short' } as const;
  return [
    {
      ...count,
      title: 'Brokers that may be lost now',
      description: `With nothing lost and every partition taking writes. The cluster file promises ${tolerance}. At 0 restart nothing, and drain no node.`,
      queries: [{ expr: `min(${ofCluster(spec, 'kafka_ha_losses_left')})`, legend: '' }],
      steps: [
        ['red', null],
        ...(tolerance > 1 ? [['orange', 1] as [Color, number]] : []),
        ['green', tolerance],
      ],
      span: 6,
    },
    {
      ...count,
      title: 'Partitions that refuse writes',
      description: 'Offline, or with fewer replicas in sync than writes need. `kafka-ha health` names them.',
      queries: [{ expr: `sum(max by (state) (${refused}))`, legend: '' }],
      steps: [
        ['green', null],
        ['red', 1],
      ],
      span: 5,
    },
    {
      ...count,
      title: 'Brokers away',
      description: 'Of those in the cluster file, how many Kafka does not take for alive.',
      queries: [{ expr: `${brokers} - min(${registered})`, legend: '' }],
      steps: [
        ['green', null],
        ['orange', 1],
        ['red', tolerance + 1],
      ],
      span: 4,
    },
    {
      ...count,
      title: `${noun[0]!.toUpperCase()}${noun.slice(1)}s away`,
      description: 'Without a majority of them nobody is elected when a broker is lost.',
      queries: [{ expr: `${servers} - max(${servingServers(spec)})`, legend: '' }],
      steps: [
        ['green', null],
        ['orange', 1],
        ['red', Math.ceil(servers / 2)],
      ],
      span: 4,
    },
    {
      ...count,
      title: 'Errors',
      description:
        'Findings of `kafka-ha health` that are errors, as far as they can be seen without Kubernetes.',
      queries: [
        {
          expr: `sum(max by (code) (${ofCluster(spec, 'kafka_ha_findings', 'severity="error"')})) or vector(0)`,
          legend: '',
        },
      ],
      steps: [
        ['green', null],
        ['red', 1],
      ],
      span: 5,
    },
  ];
}

function promiseOverTime(spec: Spec): Panel[] {
  return [
    {
      title: 'Brokers that may be lost',
      description: 'A roll and each lost broker take one away until its replicas are in sync again.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        { expr: `min(${ofCluster(spec, 'kafka_ha_losses_left')})`, legend: 'left' },
        { expr: `max(${ofCluster(spec, 'kafka_ha_losses_promised')})`, legend: 'promised' },
      ],
      span: 12,
    },
    {
      title: 'Partitions that are not whole',
      description: 'Each by the worst that is true of it.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: `max by (state) (${ofCluster(spec, 'kafka_ha_partitions', 'state!="whole"')})`,
          legend: '{{state}}',
        },
      ],
      span: 12,
    },
  ];
}

function consumers(spec: Spec): Panel[] {
  const used = `max by (group, topic) (${ofCluster(spec, 'kafka_ha_group_retention_used_ratio')})`;
  const behind = `max by (group, topic) (${ofCluster(spec, 'kafka_ha_group_lag_seconds')})`;
  const legend = '{{group}}, {{topic}}';
  const steps: Panel['steps'] = [
    ['green', null],
    ['orange', nearRetention],
    ['red', 0.8],
  ];
  return [
    {
      title: 'What a group has yet to read, of what is kept',
      description: 'At 100 % the next record that Kafka deletes is one that the group has not read.',
      kind: 'bargauge',
      unit: 'percentunit',
      queries: [{ expr: `topk(${most}, ${used})`, legend }],
      steps,
      span: 8,
    },
    {
      title: 'The same over time',
      description: 'A line that rises says by when records are lost.',
      kind: 'timeseries',
      unit: 'percentunit',
      queries: [{ expr: `topk(${most}, ${used})`, legend }],
      steps,
      span: 8,
    },
    {
      title: 'Behind',
      description: 'How long ago the next record was written that the group would read. Estimated.',
      kind: 'timeseries',
      unit: 's',
      queries: [{ expr: `topk(${most}, ${behind})`, legend }],
      span: 8,
    },
  ];
}

function growth(spec: Spec): Panel[] {
  const bytes = `sum by (topic) (max by (broker, topic) (${ofCluster(spec, 'kafka_ha_log_bytes')}))`;
  return [
    {
      title: 'Volumes',
      description: `Retention is computed to fill ${100 * VOLUME_FILL} % at the most. A broker whose volume is full stops.`,
      kind: 'timeseries',
      unit: 'percentunit',
      queries: [
        {
          expr: `max by (broker) (${ofCluster(spec, 'kafka_ha_volume_used_ratio')})`,
          legend: 'broker {{broker}}',
        },
      ],
      steps: [
        ['green', null],
        ['orange', volumeShares.nearlyFull],
        ['red', volumeShares.full],
      ],
      span: 12,
    },
    {
      title: 'Written, as it is on disk',
      description: 'Beside what the cluster file is sized for: ingest.rate at its compression.',
      kind: 'timeseries',
      unit: 'Bps',
      queries: [
        { expr: `topk(${most}, ${writtenByTopic(spec)})`, legend: '{{topic}}' },
        { expr: `vector(${ingestOnDisk(spec)})`, legend: 'by the file, all topics' },
      ],
      span: 12,
    },
    {
      title: 'On disk, all replicas',
      description: 'The topics that take most.',
      kind: 'timeseries',
      unit: 'bytes',
      queries: [{ expr: `topk(${most}, ${bytes})`, legend: '{{topic}}' }],
      span: 12,
    },
    {
      title: 'Kept',
      description:
        'Age of the oldest record, of the partition that keeps the least: where it falls, a consumer has less time.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: `bottomk(${most}, min by (topic) (${ofCluster(spec, 'kafka_ha_retention_seconds')}))`,
          legend: '{{topic}}',
        },
      ],
      span: 12,
    },
  ];
}

function events(spec: Spec): Panel[] {
  const findings = `max by (code, severity) (${ofCluster(spec, 'kafka_ha_findings')})`;
  return [
    {
      title: 'Findings',
      description: '`kafka-ha health` says what each is about, and what to do.',
      kind: 'table',
      unit: 'short',
      queries: [{ expr: `${findings} > 0`, legend: '' }],
      span: 8,
    },
    {
      title: 'Leaders',
      description: 'A broker that leads none has just started: `kafka-ha elect` gives back what it led.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: `max by (broker) (${ofCluster(spec, 'kafka_ha_leaders')})`,
          legend: 'broker {{broker}}',
        },
      ],
      span: 8,
    },
    {
      title: 'Replicas on the move',
      description: 'A throttle without a reassignment was left behind: `kafka-ha scale --abort` removes it.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        { expr: `max(${ofCluster(spec, 'kafka_ha_reassignments')})`, legend: 'reassignments' },
        { expr: `max(${ofCluster(spec, 'kafka_ha_throttles')})`, legend: 'throttles' },
      ],
      span: 8,
    },
  ];
}
