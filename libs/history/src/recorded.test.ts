import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { anomalyKinds } from './anomalies.ts';
import { check } from './check.ts';
import { parseHistory, type History } from './history.ts';
import { interruptions } from './interruptions.ts';
import { plantings, singleRecords } from './testing.ts';

describe('recorded', () => {
  // Recorded by the workload from Kafka 3.9.2 with five brokers; ../recorded/README.md says how.
  const killBroker = recorded('kill-broker');
  const uncleanElection = recorded('unclean-election');

  test('in a real run with a killed broker nothing is found', () => {
    const { anomalies, incomplete, counts } = check(killBroker);
    expect(anomalyKinds.filter((kind) => anomalies[kind].count > 0)).toEqual([]);
    expect(incomplete).toEqual({ writing: [], reading: [], consuming: [] });
    expect(counts).toEqual({
      sent: 415,
      acknowledged: 415,
      failed: 0,
      unknown: 0,
      unknownFound: 0,
      read: 415,
    });
  });

  test('the interruption of that run is the time until the dead broker’s session ended', () => {
    const { writing, latency } = interruptions(killBroker);
    expect(writing).toMatchObject({ medianMs: 7849, worst: { partition: 2, ms: 9520, atMs: 4611 } });
    expect(latency.worst.ms).toBe(9281);
  });

  // No consumers read beside in it.
  const ofWriterAndReader = anomalyKinds.filter((kind) => kind !== 'undelivered' && kind !== 'commit-back');
  const everyPlanting = ofWriterAndReader.flatMap((kind) =>
    Object.keys(plantings[kind]).map((how) => [kind, how] as const),
  );

  test.each(everyPlanting)('planted in that run, %s is caught and named: %s', (kind, how) => {
    for (const nth of [0, 7, 123, 400]) {
      const planted = plantings[kind][how]?.(singleRecords(killBroker), nth);
      if (!planted) throw new Error('there is no place for it');
      const { examples } = check(planted.history).anomalies[kind];
      const named = examples.map(({ partition, record }) =>
        planted.record === undefined ? partition : record,
      );
      expect(named).toContain(planted.record ?? planted.partition);
    }
  });

  test('in a real run that was set up to lose records, the lost ones are told by name', () => {
    const { anomalies, incomplete, counts } = check(uncleanElection);
    expect(incomplete).toEqual({ writing: [], reading: [], consuming: [] });
    // Nothing was stored twice in it, so what was acknowledged and not read is what was lost.
    expect(anomalies.duplicated.count).toBe(0);
    expect(anomalies.lost.count).toBe(counts.acknowledged - counts.read);
    expect(anomalies.lost.count).toBe(89);
    expect(anomalies.lost.examples[0]).toMatchObject({ partition: 0, record: '0/8', offset: 8 });
    expect(anomalies['read-back'].count).toBe(2);
    expect(anomalies['watermark-back'].count).toBe(1);
  });

  function recorded(name: string): History {
    const history = parseHistory(readFileSync(new URL(`../recorded/${name}.jsonl`, import.meta.url), 'utf8'));
    if (!history) throw new Error(`${name} has no header`);
    return history;
  }
});
