import type { Retention } from './deletions.ts';

/** A setting in force on a topic: its own, or the brokers'. */
export type TopicSetting = { value: string | null; isOwn: boolean };

/** Kafka's own where neither a topic nor a broker says another: a week, without a limit in bytes. */
const builtIn = { 'retention.bytes': '-1', 'retention.ms': '604800000', 'cleanup.policy': 'delete' } as const;
type RetentionKey = keyof typeof builtIn;

/** The broker settings that a topic's has its default from, the first that is set. */
const brokerKeys: Record<RetentionKey, readonly { key: string; times: number }[]> = {
  'retention.bytes': [{ key: 'log.retention.bytes', times: 1 }],
  'retention.ms': [
    { key: 'log.retention.ms', times: 1 },
    { key: 'log.retention.minutes', times: 60_000 },
    { key: 'log.retention.hours', times: 3_600_000 },
  ],
  'cleanup.policy': [{ key: 'log.cleanup.policy', times: 1 }],
};

/** Every broker setting that decides how long records are kept. */
export const retentionBrokerKeys: readonly string[] = Object.values(brokerKeys).flatMap((keys) =>
  keys.map(({ key }) => key),
);

export type SettingChanges = {
  /** The topic's own that are set. */
  own: Readonly<Record<string, string>>;
  /** Which broker settings become others, and all that the brokers are to have. */
  changed: ReadonlySet<string>;
  wanted: Readonly<Record<string, string>>;
};

/** How long a topic keeps its records, as its settings are. */
export function retentionOf(settings: Readonly<Record<string, TopicSetting>>): Retention {
  const value = (key: RetentionKey) => settings[key]?.value ?? builtIn[key];
  return toRetention(value);
}

/** The same after a change of the topic's settings and the brokers': a topic's own outranks theirs. */
export function retentionAfter(
  settings: Readonly<Record<string, TopicSetting>>,
  { own, changed, wanted }: SettingChanges,
): Retention {
  return toRetention((key) => {
    const now = settings[key];
    if (own[key] !== undefined) return own[key];
    if (now?.isOwn !== true && brokerKeys[key].some((each) => changed.has(each.key)))
      return defaultOf(key, wanted);
    return now?.value ?? builtIn[key];
  });
}

function defaultOf(key: RetentionKey, wanted: Readonly<Record<string, string>>): string {
  const source = brokerKeys[key].find((each) => wanted[each.key] !== undefined);
  if (source === undefined) return builtIn[key];
  const value = wanted[source.key] ?? '';
  return source.times === 1 || Number(value) < 0 ? value : String(Number(value) * source.times);
}

function toRetention(value: (key: RetentionKey) => string): Retention {
  const limit = (key: RetentionKey) => (Number(value(key)) < 0 ? Infinity : Number(value(key)));
  const policy = value('cleanup.policy')
    .split(',')
    .map((word) => word.trim());
  return {
    bytesPerPartition: limit('retention.bytes'),
    ms: limit('retention.ms'),
    deletes: policy.includes('delete'),
    compacts: policy.includes('compact'),
  };
}
