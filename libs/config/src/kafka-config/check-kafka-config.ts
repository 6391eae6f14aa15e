import type { Finding } from '../source/finding.ts';
import { nearest } from '../source/nearest.ts';
import { formatPath, type Path } from '../source/problem.ts';
import type { Spec } from '../spec.ts';
import type { TopicKey } from './kafka-key.ts';
import { brokerKeysOf, removedFromBrokers, removedFromTopics, topicKeysOf } from './keys-of.ts';
import { ownershipOf } from './owned-keys.ts';
import { valueRefusal } from './value-refusal.ts';
import { protocolOf } from '../mode/kafka-version.ts';
import { MIN_RETENTION_SECONDS } from '../sizing/size-disk.ts';
import { MIB } from '../units/bytes.ts';

/**
 * The largest message.max.bytes: a produce request must fit into socket.request.max.bytes, which is small here because
 * every request is held in a small broker's memory while it is served.
 */
const MAX_MESSAGE_BYTES = 8 * MIB;

const limits: readonly Limit[] = [
  {
    keys: ['message.max.bytes', 'max.message.bytes'],
    holds: atMost(MAX_MESSAGE_BYTES),
    allowed: `at most ${MAX_MESSAGE_BYTES}, so that small brokers can hold the requests in memory`,
  },
  {
    keys: ['message.max.bytes', 'max.message.bytes'],
    holds: atLeast(1024),
    allowed: 'at least 1024: a broker refuses every larger batch',
  },
  {
    keys: ['retention.bytes'],
    holds: atLeast(1),
    allowed: 'at least 1: without a limit the topic would fill the volume',
  },
  retention('log.retention.ms', 1_000),
  retention('log.retention.minutes', 1 / 60),
  retention('log.retention.hours', 1 / 3_600),
  {
    keys: ['num.replica.fetchers'],
    holds: atLeast(1),
    allowed: 'at least 1: without a fetcher nothing is replicated, and nothing can be written',
  },
  {
    keys: ['log.cleaner.threads'],
    holds: atLeast(1),
    allowed: 'at least 1: without a cleaner the internal topics would grow without end',
  },
  {
    keys: ['delete.topic.enable'],
    holds: (value) => value.toLowerCase() === 'true',
    allowed: 'true: drills and benches delete the topics that they create',
  },
  {
    keys: ['max.connections', 'max.connections.per.ip'],
    holds: atLeast(100),
    allowed: 'at least 100: brokers, probes and drills need connections in addition to the clients',
  },
  {
    keys: ['replica.fetch.wait.max.ms'],
    holds: atMost(5_000),
    allowed: 'at most 5000, half of replica.lag.time.max.ms: followers that wait longer fall out of sync',
  },
  {
    keys: ['replica.socket.timeout.ms'],
    holds: atLeast(5_000),
    allowed: 'at least 5000: a follower waits for an answer as long as replica.fetch.wait.max.ms allows',
  },
];

export type ConfigFindings = { problems: Finding[]; warnings: Finding[] };

type Settings = Readonly<Record<string, string>>;

/** Whose settings they are. */
export type Release = { mode: Spec['mode']; kafka: string };

/**
 * Broker settings: keys that this project owns, those that this version of Kafka no longer has, and values that it would
 * refuse; unknown keys are warned of.
 */
export function checkKafkaConfig(config: Settings, { mode, kafka }: Release): ConfigFindings {
  return checkSettings(config, {
    at: ['kafkaConfig'],
    kafka,
    known: brokerKeysOf(kafka),
    kind: 'broker',
    ownershipOf: (key) => ownershipOf(key, mode),
    removedIn: (key) => removedFromBrokers(key, kafka),
  });
}

/** The settings of one topic. What they mean for the promise and for the volume is judged elsewhere. */
export function checkTopicConfig(config: Settings, index: number, { kafka }: Release): ConfigFindings {
  return checkSettings(config, {
    at: ['topics', index, 'config'],
    kafka,
    known: topicKeysOf(kafka),
    kind: 'topic',
    ownershipOf: topicOwnershipOf,
    removedIn: (key) => removedFromTopics(key, kafka),
  });
}

type Rules = {
  at: Path;
  known: Readonly<Record<string, TopicKey>>;
  kafka: string;
  kind: 'broker' | 'topic';
  ownershipOf: (key: string) => string | undefined;
  /** The release in which Kafka dropped it, where this version no longer has it. */
  removedIn: (key: string) => string | undefined;
};

function checkSettings(config: Settings, rules: Rules): ConfigFindings {
  const { at, known, ownershipOf } = rules;
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  for (const [key, value] of Object.entries(config)) {
    const path = [...at, key];
    const setting = Object.hasOwn(known, key) ? known[key] : undefined;
    const owned = ownershipOf(key) ?? secrecy(key, setting) ?? removal(key, rules);
    if (owned !== undefined)
      problems.push({
        paths: [path],
        part: 'key',
        message: `${formatPath(path)} cannot be set here: ${owned}`,
      });
    else if (setting === undefined)
      warnings.push({ paths: [path], part: 'key', message: unknown(key, rules) });
    else {
      const allowed = valueRefusal(setting, value) ?? ownRefusal(key, value);
      if (allowed !== undefined)
        problems.push({ paths: [path], message: `${formatPath(path)} is "${value}"; allowed: ${allowed}` });
    }
  }
  return { problems, warnings };
}

function removal(key: string, { kafka, removedIn }: Rules): string | undefined {
  const release = removedIn(key);
  if (release === undefined) return undefined;
  return `Kafka ${release} removed it, and this is ${kafka}: leave it out`;
}

function unknown(key: string, { kafka, kind, known }: Rules): string {
  const meant = nearest(key, Object.keys(known));
  const question = meant === undefined ? '' : `; did you mean "${meant}"?`;
  return `"${key}" is not a ${kind} setting of Kafka ${protocolOf(kafka)} and is passed on unchanged${question}`;
}

function secrecy(key: string, setting: TopicKey | undefined): string | undefined {
  if (setting?.type !== 'password' && !(setting === undefined && isSecret(key))) return undefined;
  return 'it is a secret, and everybody who can read the file, its plans or the pods would see it';
}

function topicOwnershipOf(key: string): string | undefined {
  if (key.endsWith('.replication.throttled.replicas'))
    return 'it is set while partitions are moved, and removed afterwards';
  if (key === 'segment.bytes' || key === 'file.delete.delay.ms')
    return 'the computed size of the logs depends on it';
  if (key === 'message.format.version') return 'Kafka ignores it since 3.0; remove it';
  return undefined;
}

/** Whether a setting that Kafka does not know, such as a plugin's, is a secret by its name. */
function isSecret(key: string): boolean {
  return /(^|[._-])(passw(or)?d|passphrase|secret|token|credentials?|jaas[._-]config|(api|access|private|secret)[._-]?key)$/i.test(
    key,
  );
}

/** What is allowed for a setting, as a phrase, where this project's own limit is narrower than Kafka's; undefined where the value is. */
function ownRefusal(key: string, value: string): string | undefined {
  return limits.find(({ keys, holds }) => keys.includes(key) && !holds(value.trim()))?.allowed;
}

type Limit = { keys: readonly string[]; holds: (value: string) => boolean; allowed: string };

/** -1 keeps records until the volume's share is full. */
function retention(key: string, perSecond: number): Limit {
  const least = Math.ceil(MIN_RETENTION_SECONDS * perSecond);
  return {
    keys: [key],
    holds: (value) => Number(value) < 0 || Number(value) >= least,
    allowed: `-1, or at least ${least}: records would be deleted before anybody has read them`,
  };
}

function atLeast(least: number): Limit['holds'] {
  return (value) => Number(value) >= least;
}

function atMost(most: number): Limit['holds'] {
  return (value) => Number(value) <= most;
}
