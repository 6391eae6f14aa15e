import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { kafkaConfigOf } from './kafka-config.ts';

const allOf = (...overrides: Parameters<typeof aSpec>) => {
  const { restart, dynamic } = kafkaConfigOf(aSpec(...overrides));
  return { ...restart, ...dynamic };
};

describe('kafka config', () => {
  test('the promise is kept by every default that a topic may inherit', () => {
    expect(allOf({ brokers: 5, tolerance: 2 })).toMatchObject({
      'default.replication.factor': '5',
      'offsets.topic.replication.factor': '5',
      'transaction.state.log.replication.factor': '5',
      'min.insync.replicas': '3',
      'transaction.state.log.min.isr': '3',
      'unclean.leader.election.enable': 'false',
      'auto.create.topics.enable': 'false',
    });
  });

  test('clients, replication and control have a listener each', () => {
    expect(allOf()).toMatchObject({
      listeners: 'CLIENT://:9092,REPLICATION://:9091,CONTROL://:9090',
      'inter.broker.listener.name': 'REPLICATION',
      'control.plane.listener.name': 'CONTROL',
    });
  });

  test('every ZooKeeper server is named', () => {
    expect(allOf({ name: 'a', namespace: 'b', zookeeper: { servers: 3 } })['zookeeper.connect']).toBe(
      'a-zookeeper-0.a-zookeeper-headless.b.svc:2181,a-zookeeper-1.a-zookeeper-headless.b.svc:2181,a-zookeeper-2.a-zookeeper-headless.b.svc:2181/kafka',
    );
  });

  test('the controller notices a death before the leaders do', () => {
    const config = allOf();
    expect(Number(config['replica.lag.time.max.ms'])).toBeGreaterThan(
      Number(config['zookeeper.session.timeout.ms']),
    );
  });

  test('retention and segments are those that the sizing computed', () => {
    const spec = aSpec();
    expect(kafkaConfigOf(spec).dynamic).toMatchObject({
      'log.retention.bytes': String(spec.sizing.retentionBytesPerPartition),
      'log.segment.bytes': String(spec.sizing.segmentBytes),
    });
  });

  test('what changes without a restart is kept apart from what needs one', () => {
    const { restart, dynamic } = kafkaConfigOf(
      aSpec({ kafkaConfig: { 'message.max.bytes': '2000000', 'log.retention.hours': '72' } }),
    );
    expect(dynamic).toMatchObject({
      'message.max.bytes': '2000000',
      'min.insync.replicas': '3',
      'num.io.threads': '4',
    });
    expect(restart).toMatchObject({ 'log.retention.hours': '72', 'default.replication.factor': '5' });
    expect(Object.keys(restart).filter((key) => key in dynamic)).toEqual([]);
  });

  test("the file's own settings outrank this project's", () => {
    expect(allOf({ kafkaConfig: { 'replica.fetch.backoff.ms': '500' } })['replica.fetch.backoff.ms']).toBe(
      '500',
    );
  });

  test('of what this project sets, a cluster file may change tuning and nothing else', () => {
    const open = Object.entries(allOf()).filter(([key, value]) => accepted(key, value));
    expect(open.map(([key]) => key).sort()).toEqual([
      'auto.leader.rebalance.enable',
      'controller.socket.timeout.ms',
      'delete.topic.enable',
      'group.initial.rebalance.delay.ms',
      'log.cleaner.dedupe.buffer.size',
      'num.io.threads',
      'num.network.threads',
      'num.recovery.threads.per.data.dir',
      'num.replica.fetchers',
      'replica.fetch.backoff.ms',
      'replica.fetch.response.max.bytes',
      'replica.fetch.wait.max.ms',
      'replica.socket.receive.buffer.bytes',
      'replica.socket.timeout.ms',
      'replication.quota.window.num',
      'socket.connection.setup.timeout.max.ms',
      'socket.connection.setup.timeout.ms',
      'socket.receive.buffer.bytes',
      'socket.send.buffer.bytes',
    ]);
  });

  function accepted(key: string, value: string): boolean {
    try {
      aSpec({ kafkaConfig: { [key]: value } });
      return true;
    } catch {
      return false;
    }
  }

  test('another spelling of a value makes the same configuration, and so no restart', () => {
    const spelt = (preallocate: string, partitions: string) =>
      kafkaConfigOf(aSpec({ kafkaConfig: { 'log.preallocate': preallocate, 'num.partitions': partitions } }));
    expect(spelt('TRUE', '+3')).toEqual(spelt('true', '3'));
  });
});
