import { MIN_RETENTION_SECONDS } from '../sizing/size-disk.ts';
import { MAX_MESSAGE_BYTES } from './setting-limits.ts';

/** What is allowed for a setting, as a phrase, where this project's own limit is narrower than Kafka's; undefined where the value is. */
export function ownRefusal(key: string, value: string): string | undefined {
  return limits.find(({ keys, holds }) => keys.includes(key) && !holds(value.trim()))?.allowed;
}

type Limit = { keys: readonly string[]; holds: (value: string) => boolean; allowed: string };

const limits: readonly Limit[] = [
  {
    keys: ['message.max.bytes', 'max.message.bytes'],
    holds: atMost(MAX_MESSAGE_BYTES),
    allowed: `at most ${MAX_MESSAGE_BYTES}, so that small brokers can hold the requests in memory`,
  },
  {
    keys: ['message.max.bytes', 'max.message.bytes'],
    holds: atLeast(1024),
    allowed: 'at least 1024: a broker refuses every batch that is larger',
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
    allowed: 'true: drills and benches delete the topics that they make',
  },
  {
    keys: ['max.connections', 'max.connections.per.ip'],
    holds: atLeast(100),
    allowed: 'at least 100: brokers, probes and drills need connections of their own beside the clients',
  },
  {
    keys: ['replica.fetch.wait.max.ms'],
    holds: atMost(5_000),
    allowed: 'at most 5000, half of replica.lag.time.max.ms: followers that wait longer fall out of sync',
  },
  {
    keys: ['replica.socket.timeout.ms'],
    holds: atLeast(5_000),
    allowed: 'at least 5000: a follower waits as long for an answer as replica.fetch.wait.max.ms may say',
  },
];

/** -1 keeps records until the volume's share is full. */
function retention(key: string, perSecond: number): Limit {
  const least = Math.ceil(MIN_RETENTION_SECONDS * perSecond);
  return {
    keys: [key],
    holds: (value) => Number(value) < 0 || Number(value) >= least,
    allowed: `-1, or at least ${least}: records would be gone before anybody has read them`,
  };
}

function atLeast(least: number): Limit['holds'] {
  return (value) => Number(value) >= least;
}

function atMost(most: number): Limit['holds'] {
  return (value) => Number(value) <= most;
}
