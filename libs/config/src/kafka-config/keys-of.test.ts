import { describe, expect, test } from '@jest/globals';
import { brokerKeys } from './broker-keys.ts';
import { brokerKeysOf, removedSettings, topicKeysOf } from './keys-of.ts';
import { topicKeys } from './topic-keys.ts';

const lost = (before: object, after: object) => Object.keys(before).filter((key) => !(key in after));

describe('keys of', () => {
  test('Kafka 3.9, and all before it, know the settings of 3.9', () => {
    for (const version of ['3.7.2', '3.8.1', '3.9.2', '3.9']) {
      expect(brokerKeysOf(version)).toEqual(brokerKeys);
      expect(topicKeysOf(version)).toEqual(topicKeys);
    }
  });

  test('what is gone with ZooKeeper is gone from 4.0 on', () => {
    for (const version of ['4.0.2', '4.1.2', '4.2.2', '4.3.1', '4.4.0']) {
      expect(
        lost(brokerKeys, brokerKeysOf(version)).filter(
          (key) => !/^(zookeeper|password\.encoder)\./.test(key),
        ),
      ).toEqual([
        'alter.config.policy.kraft.compatibility.enable',
        'auto.include.jmx.reporter',
        'broker.id.generation.enable',
        'control.plane.listener.name',
        'controlled.shutdown.max.retries',
        'controlled.shutdown.retry.backoff.ms',
        'delegation.token.master.key',
        'eligible.leader.replicas.enable',
        ...(version === '4.0.2' ? [] : ['group.share.max.groups']),
        'inter.broker.protocol.version',
        'leader.imbalance.per.broker.percentage',
        'log.message.downconversion.enable',
        'log.message.format.version',
        'log.message.timestamp.difference.max.ms',
        'offsets.commit.required.acks',
        'reserved.broker.max.id',
      ]);
      const left = Object.keys(brokerKeysOf(version));
      expect(left.filter((key) => /^(zookeeper|password\.encoder)\./.test(key))).toEqual([]);
      expect(lost(topicKeys, topicKeysOf(version))).toEqual([
        'message.downconversion.enable',
        'message.format.version',
        'message.timestamp.difference.max.ms',
      ]);
    }
  });

  test('a limit holds from the release on that set it', () => {
    const least = (version: string) => [
      brokerKeysOf(version)['log.segment.bytes']?.min,
      topicKeysOf(version)['segment.bytes']?.min,
      brokerKeysOf(version)['metadata.log.segment.bytes']?.min,
      brokerKeysOf(version)['num.replica.fetchers']?.min,
    ];
    expect(least('3.9.2')).toEqual([14, 14, 12, undefined]);
    expect(least('4.0.2')).toEqual([1 << 20, 14, 12, undefined]);
    expect(least('4.1.2')).toEqual([1 << 20, 1 << 20, 8 << 20, undefined]);
    expect(least('4.2.2')).toEqual([1 << 20, 1 << 20, 8 << 20, 1]);
  });

  test('an advertised address is not dynamic any more from 4.0 on', () => {
    expect(brokerKeysOf('3.9.2')['advertised.listeners']?.update).toBe('per-broker');
    expect(brokerKeysOf('4.0.2')['advertised.listeners']?.update).toBe('read-only');
  });

  test('a setting is known from the release on that brought it', () => {
    const brought = ['share.coordinator.threads', 'controller.quorum.auto.join.enable', 'cordoned.log.dirs'];
    const known = (version: string) => brought.filter((key) => key in brokerKeysOf(version));
    expect(['4.0.2', '4.2.2', '4.3.1'].map((version) => known(version).length)).toEqual([1, 2, 3]);
  });

  test('a release newer than all that are known here counts as the last of them', () => {
    expect(brokerKeysOf('4.10.0')).toEqual(brokerKeysOf('4.4.0'));
  });

  test('of what a version has dropped, what may have been given to topics and to running brokers', () => {
    expect(removedSettings('3.9.2')).toEqual({ topics: [], brokers: [] });
    expect(removedSettings('4.2.2').topics).toEqual([
      'message.downconversion.enable',
      'message.format.version',
      'message.timestamp.difference.max.ms',
    ]);
    expect(removedSettings('4.3.1').topics).toContain('max.decompressed.message.bytes');
    expect(removedSettings('4.4.0').topics).not.toContain('max.decompressed.message.bytes');
    expect(removedSettings('4.4.0').brokers).toEqual([
      'log.message.downconversion.enable',
      'log.message.timestamp.difference.max.ms',
    ]);
  });
});
