import { describe, expect, test } from '@jest/globals';
import { brokerKeys } from './broker-keys.ts';
import { checkKafkaConfig, checkTopicConfig, type Release } from './check-kafka-config.ts';
import { ownedKeys, ownershipOf } from './owned-keys.ts';
import { topicKeys } from './topic-keys.ts';

const withZookeeper = { mode: 'zookeeper', kafka: '3.9.2' } as const;
const withControllers = { mode: 'kraft', kafka: '4.4.0' } as const;

const problemsOf = (config: Record<string, string>, release: Release = withZookeeper) =>
  checkKafkaConfig(config, release).problems.map(({ message }) => message);

describe('checkKafkaConfig', () => {
  test("Kafka's own tables are there, with how a broker takes each setting", () => {
    expect(brokerKeys['log.retention.bytes']?.update).toBe('cluster-wide');
    expect(brokerKeys['num.io.threads']?.update).toBe('cluster-wide');
    expect(brokerKeys['default.replication.factor']?.update).toBe('read-only');
    expect(brokerKeys['advertised.listeners']?.update).toBe('per-broker');
    expect(topicKeys['min.insync.replicas']).toEqual({ type: 'int', min: 1 });
  });

  test('every owned key is one that Kafka has', () => {
    const known = Object.keys(brokerKeys);
    const isKnown = (key: string) =>
      key.endsWith('*') ? known.some((name) => name.startsWith(key.slice(0, -1))) : known.includes(key);
    expect(ownedKeys.filter((key) => !isKnown(key))).toEqual([
      // Dynamic alone, and so in no table of what a file may have.
      'leader.replication.throttled.*',
      'follower.replication.throttled.*',
      'listener.name.*',
    ]);
  });

  test.each([
    ['min.insync.replicas', 'set tolerance'],
    ['unclean.leader.election.enable', 'always false'],
    ['log.retention.bytes', 'computed from storage.size'],
    ['inter.broker.protocol.version', 'versions.interBrokerProtocol'],
    ['zookeeper.session.timeout.ms', 'interruption'],
    ['zookeeper.connect', 'ensemble'],
    ['listener.name.client.ssl.keystore.location', 'Services'],
    ['sasl.enabled.mechanisms', 'PLAINTEXT'],
    ['process.roles', 'KRaft'],
    ['leader.replication.throttled.rate', '--throttle'],
    ['follower.replication.throttled.rate', '--throttle'],
  ])('%s is refused, with the place where it belongs', (key, reason) => {
    expect(problemsOf({ [key]: '1' })).toEqual([
      expect.stringMatching(new RegExp(`^kafkaConfig."${key}" cannot be set here: .*${reason}`)),
    ]);
  });

  test('settings that only tune are left alone', () => {
    const config = {
      'num.io.threads': '8',
      'log.retention.hours': '72',
      'group.initial.rebalance.delay.ms': '0',
      'compression.type': 'producer',
      'log.cleaner.min.cleanable.ratio': '0.3',
      'log.retention.ms': '9223372036854775807',
      'auto.leader.rebalance.enable': 'true',
      'num.replica.fetchers': '1',
      'log.retention.minutes': '-1',
    };
    expect(checkKafkaConfig(config, withZookeeper)).toEqual({ problems: [], warnings: [] });
    expect(ownershipOf('num.io.threads', 'kraft')).toBeUndefined();
  });

  test.each([
    ['num.io.threads', '0', 'a whole number of at least 1'],
    ['num.io.threads', '2.5', 'a whole number of at least 1'],
    ['num.io.threads', '3000000000', 'a whole number of at least 1'],
    ['log.retention.ms', '9223372036854775808', 'a whole number'],
    ['auto.leader.rebalance.enable', 'yes', 'true or false'],
    ['log.cleaner.min.cleanable.ratio', '1.5', 'a number from 0 to 1'],
    ['log.cleaner.min.cleanable.ratio', '', 'a number from 0 to 1'],
    ['compression.type', 'lzma', 'one of uncompressed, zstd, lz4, snappy, gzip, producer'],
    [
      'message.max.bytes',
      '10000000',
      'at most 8388608, so that small brokers can hold the requests in memory',
    ],
    ['log.retention.ms', '1', '-1, or at least 60000: records would be deleted before anybody has read them'],
    [
      'log.retention.minutes',
      '0',
      '-1, or at least 1: records would be deleted before anybody has read them',
    ],
    [
      'num.replica.fetchers',
      '0',
      'at least 1: without a fetcher nothing is replicated, and nothing can be written',
    ],
    ['log.cleaner.threads', '0', 'at least 1: without a cleaner the internal topics would grow without end'],
    ['delete.topic.enable', 'False', 'true: drills and benches delete the topics that they create'],
    [
      'max.connections',
      '0',
      'at least 100: brokers, probes and drills need connections in addition to the clients',
    ],
    [
      'replica.fetch.wait.max.ms',
      '20000',
      'at most 5000, half of replica.lag.time.max.ms: followers that wait longer fall out of sync',
    ],
  ])('%s: %s is refused', (key, value, allowed) => {
    expect(problemsOf({ [key]: value })).toEqual([`kafkaConfig."${key}" is "${value}"; allowed: ${allowed}`]);
  });

  test.each([
    [
      'every setting of type password',
      Object.keys(brokerKeys).filter((key) => brokerKeys[key]?.type === 'password'),
    ],
    [
      'what a plugin calls a secret',
      ['metrics.reporter.api.key', 'audit.plugin.password', 'quota.callback.token'],
    ],
  ])('%s is refused, and its value is not repeated', (_, keys) => {
    expect(keys.length).toBeGreaterThan(2);
    for (const key of keys) {
      const problems = problemsOf({ [key]: 'hunter2' });
      expect(problems).toEqual([expect.stringMatching(/ cannot be set here: /)]);
      expect(problems.join()).not.toContain('hunter2');
    }
    expect(problemsOf({ 'password.encoder.secret': 'x' })[0]).toContain('it is a secret');
  });

  test('an unknown key is warned of, with the nearest known one, and let through', () => {
    const { problems, warnings } = checkKafkaConfig({ 'num.io.thread': '4', toString: 'x' }, withZookeeper);
    expect(problems).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      '"num.io.thread" is not a broker setting of Kafka 3.9 and is passed on unchanged; did you mean "num.io.threads"?',
      '"toString" is not a broker setting of Kafka 3.9 and is passed on unchanged',
    ]);
  });

  test("a topic's settings are held against the topic's own table", () => {
    const { problems, warnings } = checkTopicConfig(
      { 'cleanup.policy': 'compact, delete', 'segment.bytes': '1', 'retention.bytes': '-1', 'log.dirs': 'x' },
      3,
      withZookeeper,
    );
    expect(problems.map(({ paths, message }) => [paths[0].at(-1), message])).toEqual([
      [
        'segment.bytes',
        'topics[3].config."segment.bytes" cannot be set here: the computed size of the logs depends on it',
      ],
      [
        'retention.bytes',
        'topics[3].config."retention.bytes" is "-1"; allowed: at least 1: without a limit the topic would fill the volume',
      ],
    ]);
    expect(warnings).toHaveLength(1);
  });

  test('with controllers, what they rest on is refused with where it belongs', () => {
    const refused = (key: string) => problemsOf({ [key]: '1' }, withControllers)[0];
    expect(refused('controller.quorum.voters')).toContain(
      'the controllers and the interruption that is promised rest on it',
    );
    expect(refused('broker.session.timeout.ms')).toContain('see controllers in the cluster file');
    expect(refused('zookeeper.connect')).toContain('this cluster has no ZooKeeper; leave it out');
    expect(refused('inter.broker.protocol.version')).toContain('set versions.metadata instead');
    expect(refused('listeners')).toContain('clients, replication and the controllers have one listener each');
  });

  test('a setting that the version no longer has is refused, in the versions that have it it is not', () => {
    const broker = { 'log.message.downconversion.enable': 'false' };
    expect(problemsOf(broker)).toEqual([]);
    expect(problemsOf(broker, { mode: 'kraft', kafka: '3.9.2' })).toEqual([]);
    expect(problemsOf(broker, withControllers)).toEqual([
      'kafkaConfig."log.message.downconversion.enable" cannot be set here: Kafka 4.0 removed it, and this is 4.4.0: leave it out',
    ]);
    const topic = { 'max.decompressed.message.bytes': '1000000' };
    const of = (kafka: string) => checkTopicConfig(topic, 0, { mode: 'kraft', kafka });
    expect(of('4.2.2')).toEqual({ problems: [], warnings: [] });
    expect(of('4.3.1').problems[0]?.message).toContain('Kafka 4.3 removed it');
    expect(of('4.4.0')).toEqual({ problems: [], warnings: [] });
    expect(of('4.1.2').warnings[0]?.message).toContain('is not a topic setting of Kafka 4.1');
  });
});
