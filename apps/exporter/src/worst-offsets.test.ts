import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { metricsOf, type CommittedOffset, type PartitionLog, type Sample } from '@kafka-ha/metrics';
import { aLog, aReading, committed, logsOf, nowMs } from '@kafka-ha/metrics/testing';
import { read } from '@kafka-ha/health/testing';
import { worstOffsets } from './worst-offsets.ts';

const spec = aSpec({ metrics: {} });

function aReadingOf(logs: readonly PartitionLog[], groups: readonly CommittedOffset[] = []) {
  const retention = new Map([['events', { bytes: 1e9, ms: 3_600_000 }]]);
  return aReading(spec, { logs: logsOf(...logs), retention, groups: read(groups) });
}

const worstOf = (groups: readonly CommittedOffset[], reading = aReadingOf([aLog()]), most = 100) =>
  worstOffsets(groups, { reading, history: [] }, most);

describe('worst offsets', () => {
  test('what alerts take the maximum of stays what it is, by records, by time and by what is kept', () => {
    const logs = [
      aLog({ start: 0, end: 100_000 }),
      aLog({ start: 900, end: 1_000, bytes: 1e9 }),
      aLog({ start: 10, end: 100, oldestAtMs: nowMs - 3_000_000 }),
      aLog(),
    ];
    const all = ['billing', 'shipping'].flatMap((group) =>
      [90_000, 910, 80, 99].map((offset, partition) => committed(offset, { group, partition })),
    );
    const worst = worstOf(all, aReadingOf(logs));
    const most = (groups: readonly CommittedOffset[]) => {
      const metrics = metricsOf(spec, aReadingOf(logs, groups), []);
      const greatest = (samples: readonly Sample[] = []) => Math.max(...samples.map(({ value }) => value));
      return [
        greatest(metrics.kafka_ha_group_lag_records),
        greatest(metrics.kafka_ha_group_lag_seconds),
        greatest(metrics.kafka_ha_group_retention_used_ratio),
      ];
    };
    for (const group of ['billing', 'shipping']) {
      const of = (offsets: readonly CommittedOffset[]) => offsets.filter((each) => each.group === group);
      expect(most(of(worst))).toEqual(most(of(all)));
      expect(
        of(worst)
          .map(({ partition }) => partition)
          .sort(),
      ).toEqual([0, 1, 2]);
    }
  });

  test('a partition that is worst in everything is there once', () => {
    const reading = aReadingOf([aLog(), aLog()]);
    expect(worstOf([committed(50), committed(20, { partition: 1 })], reading)).toEqual([
      committed(20, { partition: 1 }),
    ]);
  });

  test('of more groups than there is room for, those nearest to losing records are left', () => {
    const logs = [aLog({ start: 10 })];
    const groups = [90, 20, 60].map((offset) => committed(offset, { group: `at-${offset}` }));
    expect(worstOf(groups, aReadingOf(logs), 2).map(({ group }) => group)).toEqual(['at-20', 'at-60']);
  });

  test('a partition whose leader does not tell has no place', () => {
    expect(worstOf([committed(1, { topic: 'gone' })])).toEqual([]);
  });
});
