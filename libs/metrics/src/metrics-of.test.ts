import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { State } from '@kafka-ha/health';
import {
  aPartition,
  aState,
  aTopic,
  change,
  read,
  withBrokerDown,
  withServer,
  withTopic,
} from '@kafka-ha/health/testing';
import type { MetricName, Metrics } from './metric-catalogue.ts';
import { metricCatalogue } from './metric-catalogue.ts';
import { metricsOf } from './metrics-of.ts';
import { aLog, aReading, committed, logsOf, nowMs } from './testing.ts';

const spec = aSpec({ topics: [{ name: 'events', partitions: 20 }] });
const healthy = aState({}, spec);
const of = (state: State, of = spec) => metricsOf(of, aReading(of, { state }), []);

/** The value of a metric with these labels; undefined where there is none. */
function valueOf(metrics: Metrics, name: MetricName, ...labels: string[]): number | undefined {
  return metrics[name]?.find((sample) => sample.labels.join() === labels.join())?.value;
}

describe('metricsOf', () => {
  test('a healthy cluster may lose its whole tolerance, and every partition of it is whole', () => {
    const metrics = of(healthy);
    expect(valueOf(metrics, 'kafka_ha_losses_left')).toBe(2);
    expect(valueOf(metrics, 'kafka_ha_losses_promised')).toBe(2);
    expect(metrics.kafka_ha_partitions).toEqual([
      { labels: ['offline'], value: 0 },
      { labels: ['under_min_isr'], value: 0 },
      { labels: ['at_min_isr'], value: 0 },
      { labels: ['under_replicated'], value: 0 },
      { labels: ['whole'], value: 45 },
    ]);
    expect(metrics.kafka_ha_findings?.filter(({ value }) => value > 0)).toEqual([]);
  });

  test('what is left goes down with each broker, below none as well', () => {
    const left = (...down: number[]) =>
      valueOf(of(down.reduce(withBrokerDown, healthy)), 'kafka_ha_losses_left');
    expect([left(4), left(4, 3), left(4, 3, 2), left(4, 3, 2, 1, 0)]).toEqual([1, 0, -1, -3]);
  });

  test('what is left is not above the promise where a partition has more replicas', () => {
    const small = aSpec({ tolerance: 1, brokers: 5 });
    const only = aTopic('events', { partitions: [aPartition()], minInSync: 3 });
    expect(valueOf(of({ ...aState({}, small), topics: read([only]) }, small), 'kafka_ha_losses_left')).toBe(
      1,
    );
  });

  test.each([
    ['under_replicated', [4]],
    ['at_min_isr', [4, 3]],
    ['under_min_isr', [4, 3, 2]],
    ['offline', [4, 3, 2, 1, 0]],
  ] as const)('partitions are %s without brokers %j', (state, down) => {
    const metrics = of(down.reduce<State>(withBrokerDown, healthy));
    expect(metrics.kafka_ha_partitions?.filter(({ value }) => value > 0)).toEqual([
      { labels: [state], value: 45 },
    ]);
  });

  test('a topic whose replicas all are in sync is whole, also where it has no more than min.insync.replicas', () => {
    const one = aTopic('cache', { partitions: [aPartition({ replicas: [0] })], minInSync: 1 });
    const metrics = of(withTopic(healthy, one));
    expect(valueOf(metrics, 'kafka_ha_partitions', 'at_min_isr')).toBe(0);
  });

  test('partitions of topics that may pause are told apart, and do not count as a loss', () => {
    const lenient = aSpec({ otherTopics: [{ name: 'scratch', tolerance: 0 }] });
    const partitions = [
      aPartition({ replicas: [0], isr: [0], leader: null }),
      aPartition({ partition: 1, replicas: [1] }),
    ];
    const scratch = aTopic('scratch', { partitions, minInSync: 1 });
    const metrics = of(withTopic(aState({}, lenient), scratch), lenient);
    const counts = (name: MetricName) =>
      ['offline', 'under_min_isr', 'whole'].map((state) => valueOf(metrics, name, state));
    expect(counts('kafka_ha_partitions')).toEqual([1, 0, 26]);
    expect(counts('kafka_ha_partitions_pausable')).toEqual([1, 0, 1]);
    expect(valueOf(metrics, 'kafka_ha_losses_left')).toBe(2);
  });

  test('leaders are counted, and those that are not the preferred ones', () => {
    const moved = aTopic('moved', {
      partitions: [aPartition({ leader: 1 }), aPartition({ leader: 1, isr: [1, 2, 3, 4] })],
    });
    const metrics = of(withTopic(healthy, moved));
    expect(valueOf(metrics, 'kafka_ha_leaders', '1')).toBe(11);
    expect(valueOf(metrics, 'kafka_ha_leaders_not_preferred')).toBe(1);
  });

  test('brokers: how many there should be, are registered, are cut off, and whether one is the controller', () => {
    const state = withBrokerDown(healthy, 3);
    const metrics = of({ ...state, controllerId: read(null), cutOff: [{ brokerId: 2, differs: ['x'] }] });
    const names = ['brokers_expected', 'brokers_registered', 'brokers_cut_off', 'controller_active'] as const;
    expect(names.map((name) => valueOf(metrics, `kafka_ha_${name}`))).toEqual([5, 4, 1, 0]);
  });

  test('servers of the quorum by their own word', () => {
    const metrics = of(withServer(healthy, 2, { mode: 'unreachable' }));
    expect(metrics.kafka_ha_quorum_servers?.map(({ labels, value }) => [...labels, value])).toEqual([
      ['leader', 1],
      ['follower', 1],
      ['standalone', 0],
      ['looking', 0],
      ['unreachable', 1],
    ]);
    expect(valueOf(metrics, 'kafka_ha_quorum_servers_expected')).toBe(3);
    expect(valueOf(metrics, 'kafka_ha_quorum_synced_followers')).toBe(2);
  });

  test('with controllers: for how long each, and each broker, has lacked metadata', () => {
    const kraft = aSpec({ mode: 'kraft' });
    const state = withServer(withServer(aState({}, kraft), 1, { behindMs: 1500 }), 2, { behindMs: null });
    const metrics = of(state, kraft);
    expect(valueOf(metrics, 'kafka_ha_quorum_behind_seconds', '1')).toBe(1.5);
    expect(valueOf(metrics, 'kafka_ha_quorum_behind_seconds', '2')).toBe(Infinity);
    expect(valueOf(metrics, 'kafka_ha_metadata_behind_seconds', '4')).toBe(0.1);
  });

  test('volumes by broker, one that cannot be read left out', () => {
    const disks = [
      { brokerId: 0, usage: read({ usedBytes: 30, sizeBytes: 40 }) },
      { brokerId: 1, usage: { kind: 'unreadable', reason: 'away' } as const },
    ];
    const metrics = of({ ...healthy, disks });
    expect(metrics.kafka_ha_volume_used_ratio).toEqual([{ labels: ['0'], value: 0.75 }]);
    expect(metrics.kafka_ha_volume_used_bytes).toEqual([{ labels: ['0'], value: 30 }]);
    expect(metrics.kafka_ha_volume_bytes).toEqual([{ labels: ['0'], value: 40 }]);
  });

  test('of a topic: the least that a partition keeps, all that was written, what a record takes, bytes by broker', () => {
    const logs = logsOf(
      aLog({ start: 50, end: 150, oldestAtMs: nowMs - 90_000, bytes: 20_000 }),
      aLog({ end: 100, oldestAtMs: nowMs - 60_000, bytes: 40_000 }),
      aLog({ start: 7, end: 7, oldestAtMs: null, bytes: null }),
    );
    const three = withTopic(healthy, aTopic('events', { partitions: [0, 1, 2].map(() => aPartition()) }));
    const reading = { state: three, logs, logBytes: [{ brokerId: 1, topic: 'events', bytes: 7 }] };
    const metrics = metricsOf(spec, aReading(spec, reading), []);
    expect(valueOf(metrics, 'kafka_ha_retention_seconds', 'events')).toBe(60);
    expect(valueOf(metrics, 'kafka_ha_topic_records_written_total', 'events')).toBe(257);
    expect(valueOf(metrics, 'kafka_ha_topic_record_bytes', 'events')).toBe(300);
    expect(valueOf(metrics, 'kafka_ha_log_bytes', '1', 'events')).toBe(7);
  });

  test('while a partition does not tell where its log ends, how much was written is not told, for it would be less than before', () => {
    const two = withTopic(healthy, aTopic('events', { partitions: [0, 1].map(() => aPartition()) }));
    const reading = aReading(spec, { state: two, logs: logsOf(aLog()) });
    expect(metricsOf(spec, reading, []).kafka_ha_topic_records_written_total).toEqual([]);
  });

  test('what moves, and throttles of brokers and of topics', () => {
    const throttles = [{ key: 'k', value: 'v' }];
    const state = withTopic(
      {
        ...healthy,
        reassignments: read([{ topic: 'events', partition: 0, adding: [], removing: [4] }]),
        brokerSettings: read([
          { brokerId: 0, throttles },
          { brokerId: 1, throttles: [] },
        ]),
      },
      aTopic('slow', { throttles }),
    );
    expect(valueOf(of(state), 'kafka_ha_reassignments')).toBe(1);
    expect(valueOf(of(state), 'kafka_ha_throttles')).toBe(2);
  });

  test('consumers: records, seconds and what is used up of what is kept, and their finding', () => {
    const reading = aReading(spec, {
      logs: logsOf(aLog({ start: 100, end: 200, oldestAtMs: nowMs - 100_000 })),
      retention: new Map([['events', { bytes: 10_000, ms: null }]]),
      groups: read([committed(140)]),
      omittedOffsets: 7,
    });
    const metrics = metricsOf(spec, reading, []);
    expect(valueOf(metrics, 'kafka_ha_group_partitions_omitted')).toBe(7);
    const labels = ['billing', 'events', '0'];
    expect(valueOf(metrics, 'kafka_ha_group_lag_records', ...labels)).toBe(60);
    expect(valueOf(metrics, 'kafka_ha_group_lag_seconds', ...labels)).toBe(60);
    expect(valueOf(metrics, 'kafka_ha_group_retention_used_ratio', ...labels)).toBe(0.6);
    expect(valueOf(metrics, 'kafka_ha_findings', 'consumer-near-retention', 'warning')).toBe(1);
  });

  test('findings are counted by code, those of which there are none too, and none that need Kubernetes', () => {
    const metrics = of(withBrokerDown(healthy, 3));
    expect(valueOf(metrics, 'kafka_ha_findings', 'broker-missing', 'error')).toBe(1);
    expect(valueOf(metrics, 'kafka_ha_findings', 'partitions-under-replicated', 'error')).toBe(4);
    expect(valueOf(metrics, 'kafka_ha_findings', 'disk-full', 'error')).toBe(0);
    expect(valueOf(metrics, 'kafka_ha_findings', 'pod-not-ready', 'error')).toBeUndefined();
  });

  test('what could not be read is absent, not 0, and its source is said to be unreadable', () => {
    const silence = { kind: 'unreadable', reason: 'no broker answers' } as const;
    const blind = {
      topics: silence,
      brokers: silence,
      controllerId: silence,
      reassignments: silence,
      quorum: silence,
    };
    const metrics = metricsOf(spec, aReading(spec, { state: { ...healthy, ...blind }, groups: silence }), []);
    for (const name of [
      'losses_left',
      'partitions',
      'brokers_registered',
      'controller_active',
      'reassignments',
      'quorum_servers',
      'group_lag_records',
      'group_partitions_omitted',
      'throttles',
    ] as const)
      expect([name, metrics[`kafka_ha_${name}`]]).toEqual([name, undefined]);
    expect(valueOf(metrics, 'kafka_ha_source_readable', 'topics')).toBe(0);
    expect(valueOf(metrics, 'kafka_ha_source_readable', 'brokerSettings')).toBe(1);
    expect(valueOf(metrics, 'kafka_ha_findings', 'source-unreadable', 'error')).toBe(1);
    expect(valueOf(metrics, 'kafka_ha_reading_duration_seconds')).toBe(0.25);
  });

  test('every metric has as many labels as the catalogue says, and each combination once', () => {
    const state = change(healthy, 'metadata', (it) => it);
    const reading = aReading(spec, { state, logs: logsOf(aLog()), groups: read([committed(1)]) });
    for (const [name, samples] of Object.entries(metricsOf(spec, reading, []))) {
      const wanted = metricCatalogue[name as MetricName].labels.length;
      expect([name, samples.filter(({ labels }) => labels.length !== wanted)]).toEqual([name, []]);
      expect([name, new Set(samples.map(({ labels }) => labels.join('\0'))).size]).toEqual([
        name,
        samples.length,
      ]);
    }
  });
});
