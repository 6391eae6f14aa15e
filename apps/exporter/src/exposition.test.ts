import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aPartition, aState, aTopic, read } from '@kafka-ha/health/testing';
import { metricsOf, type Metrics, type PartitionLog } from '@kafka-ha/metrics';
import { aLog, aReading, committed } from '@kafka-ha/metrics/testing';
import { exposition } from './exposition.ts';

const written = async (metrics: Metrics) => Buffer.concat(await exposition('events', metrics)).toString();

describe('exposition', () => {
  test('metrics are written as Prometheus reads them, with the cluster as a label', async () => {
    const text = await written({
      kafka_ha_losses_left: [{ labels: [], value: -1 }],
      kafka_ha_group_lag_records: [{ labels: ['a"b', 'orders', '0'], value: 12 }],
      kafka_ha_topic_records_written_total: [{ labels: ['orders'], value: 7 }],
    });
    expect(text.split('\n').filter((line) => !line.startsWith('#') && line !== '')).toEqual([
      'kafka_ha_losses_left{kafka_cluster="events"} -1',
      'kafka_ha_topic_records_written_total{topic="orders",kafka_cluster="events"} 7',
      'kafka_ha_group_lag_records{group="a\\"b",topic="orders",partition="0",kafka_cluster="events"} 12',
    ]);
    expect(text).toContain('# TYPE kafka_ha_topic_records_written_total counter');
  });

  test('it is written in parts, off the heap, none of which has more than a thousand series', async () => {
    const samples = Array.from({ length: 2_500 }, (_, at) => ({ labels: [`topic-${at}`], value: at }));
    const parts = await exposition('événements', { kafka_ha_retention_seconds: samples });
    const series = parts.map((part) => part.toString().match(/^kafka_ha_.*événements/gm)?.length);
    expect(series).toEqual([1_000, 1_000, 500]);
    for (const part of parts) expect(part).toBeInstanceOf(Uint8Array);
  });

  test('what was not read is not there, not even its name', async () => {
    expect(await written({})).not.toContain('kafka_ha_losses_left');
  });

  test('while the lag of 10,000 partitions is written, who scrapes gets a turn after every thousand series', async () => {
    const spec = aSpec({ brokers: 20, metrics: {} });
    const numbers = Array.from({ length: 10_000 }, (_, partition) => partition);
    const events = aTopic('events', { partitions: numbers.map((partition) => aPartition({ partition })) });
    const logs = new Map<number, PartitionLog>(numbers.map((partition) => [partition, aLog()]));
    const reading = aReading(spec, {
      state: { ...aState({}, spec), topics: read([events]) },
      logs: new Map([['events', logs]]),
      groups: read(numbers.map((partition) => committed(50, { partition }))),
    });
    const metrics = metricsOf(spec, reading, []);
    const turns = { count: 0, over: false };
    const writing = written(metrics).finally(() => (turns.over = true));
    for (; !turns.over; turns.count++) await setImmediate();
    const text = await writing;
    expect(text.match(/kafka_ha_group_lag_seconds\{/g)).toHaveLength(10_000);
    expect(text.match(/# TYPE kafka_ha_group_lag_seconds /g)).toHaveLength(1);
    expect(text).not.toContain('\n\n');
    const series = text.split('\n').filter((line) => line.startsWith('kafka_ha_')).length;
    expect(turns.count).toBeGreaterThan(series / 1_000);
  }, 60_000);
});
