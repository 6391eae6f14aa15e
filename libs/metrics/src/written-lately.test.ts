import { describe, expect, test } from '@jest/globals';
import { aLog, logsOf } from './testing.ts';
import type { WrittenLately } from './cluster-reading.ts';
import { recordBytes, rememberWritten } from './written-lately.ts';

const none: WrittenLately = new Map();

describe('written lately', () => {
  test('a record is as large as those that came between two readings, whatever the file they are in holds beside', () => {
    // Of 25 MB on disk 100 records are kept: the rest has been read and deleted.
    const before = logsOf(aLog({ start: 900, end: 1_000, bytes: 25_000_000 }));
    const log = aLog({ start: 900, end: 1_200, bytes: 25_060_000 });
    const written = rememberWritten(none, before, logsOf(log));
    expect(recordBytes(written.get('events'), [log])).toBeCloseTo(300);
  });

  test('a burst whose records and bytes are seen in different readings makes no record large', () => {
    const steps = [
      [0, 0],
      [1_000, 0],
      [1_001, 300_300],
      [1_001, 300_300],
    ] as const;
    const readings = steps.map(([end, bytes]) => logsOf(aLog({ end, bytes })));
    let written = none;
    readings.slice(1).forEach((logs, index) => (written = rememberWritten(written, readings[index]!, logs)));
    expect(recordBytes(written.get('events'), [])).toBeLessThan(400);
  });

  test('a topic that is seldom written to is judged by what is written to it, in time, and through a reading without topics', () => {
    let written = none;
    let before = logsOf(aLog({ start: 0, end: 1, bytes: 25_000_000 }));
    for (let nth = 1; nth <= 20; nth += 1) {
      const logs = logsOf(aLog({ start: 0, end: 1 + 7 * nth, bytes: 25_000_000 + 7_000 * nth }));
      written = rememberWritten(rememberWritten(written, before, logs), logs, new Map());
      before = logs;
    }
    expect(recordBytes(written.get('events'), [aLog({ end: 141, bytes: 25_140_000 })])).toBeCloseTo(1_000);
  });

  test('what was deleted meanwhile, or is led by another broker, says nothing', () => {
    const before = logsOf(aLog({ end: 1_000, bytes: 1_000_000 }), aLog({ end: 1_000, bytes: 1_000_000 }));
    const logs = logsOf(
      aLog({ start: 500, end: 2_000, bytes: 1_500_000 }),
      aLog({ end: 2_000, bytes: 900_000 }),
    );
    expect(rememberWritten(none, before, logs).get('events')).toEqual({ records: 0, bytes: 0 });
  });

  test('as long as little was written it is the average of all that are kept', () => {
    const logs = [aLog({ end: 100, bytes: 40_000 }), aLog({ start: 7, end: 7, bytes: null })];
    expect(recordBytes({ records: 3, bytes: 9 }, logs)).toBe(400);
    expect(recordBytes(undefined, logs)).toBe(400);
    expect(recordBytes(undefined, [])).toBeUndefined();
  });
});
