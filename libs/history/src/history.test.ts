import { describe, expect, test } from '@jest/globals';
import { parseHistory } from './history.ts';
import { formatLine, parseLine } from './line.ts';
import { simulate, type Step } from './testing.ts';

const steps: Step[] = [
  { kind: 'send', partition: 1, count: 2 },
  { kind: 'resolve', which: 0, fate: 'acked', copies: 1 },
  { kind: 'read', partition: 1, atMost: 2 },
  { kind: 'watermarks', hidden: 0 },
  { kind: 'tick', ms: 20 },
];
const settings = { partitions: 2, ratePerSecond: 10, startOffset: 7, idempotent: true };
const lines = simulate(settings, steps).map(formatLine);
const log = lines.join('');

describe('history', () => {
  test('times are read as milliseconds of the run', () => {
    expect(parseHistory(log)).toMatchObject({
      run: { id: 'r1', partitions: 2 },
      // Partition 1 of 2 writes half an interval after partition 0; its second record was intended at 150 ms.
      sent: [{ partition: 1, seq: 0, count: 2, ms: 150 }],
      acknowledged: [{ partition: 1, seq: 0, count: 2, offset: 7, ms: 150 }],
      reads: [
        { pass: 'live', offset: 7 },
        { pass: 'live', offset: 8 },
        { pass: 'final', offset: 7 },
        { pass: 'final', offset: 8 },
      ],
      watermarks: [{ ms: 150, offsets: [null, 9] }],
      clock: [{ ms: 170, epochMs: 1_795_500_000_170 }],
      readerEnd: { complete: true, from: [7, 7], to: [7, 9] },
      defects: [],
    });
  });

  test('diagnostics between the lines and lines that came twice change nothing', () => {
    const again = [
      ...lines.slice(0, 4),
      'kafkajs: connection closed\n',
      '{"level":"warn"}\n',
      ...lines.slice(1),
    ].join('');
    expect(parseHistory(again)).toEqual(parseHistory(log));
  });

  test('a log cut off anywhere never throws, and never looks whole', () => {
    for (let length = 0; length < log.length - 1; length += 1) {
      const history = parseHistory(log.slice(0, length));
      const whole = history?.readerEnd !== undefined && history.defects.length === 0;
      expect(whole).toBe(false);
    }
  });

  test('a torn last line is told', () => {
    expect(parseHistory(log.slice(0, -10))?.defects).toEqual(['the last line is incomplete']);
  });

  test('lines missing in the middle are told', () => {
    const history = parseHistory([...lines.slice(0, 2), ...lines.slice(4)].join(''));
    expect(history?.defects).toEqual(['2 lines of the workload’s log are missing']);
  });

  test.each([
    ['another name', log.replace('"r1"', '"r2"')],
    ['the same name', log.replace('"startedAt":17', '"startedAt":18')],
  ])('a workload that started again under %s is told, and its second run is not mixed in', (_, second) => {
    const history = parseHistory(log + second);
    expect(history?.defects).toEqual(['the workload was restarted in the middle']);
    expect(history?.sent).toHaveLength(1);
  });

  test('without its header a log is no history', () => {
    expect(parseHistory('')).toBeNull();
    expect(parseHistory(lines.slice(1).join(''))).toBeNull();
  });

  test.each([
    ['a row with a column too few', '{"n":1,"kind":"operations","ms":1,"sent":[[0,1,1]]}'],
    ['a name in place of a number', '{"n":1,"kind":"operations","ms":1,"acked":[[0,1,1,"x",5]]}'],
    ['an unknown kind', '{"n":1,"kind":"else"}'],
    ['a header of another version', lines[0]?.trim().replace('"version":1', '"version":3') ?? ''],
  ])('%s is not understood', (_, text) => {
    expect(parseLine(text)).toEqual({ kind: 'broken' });
  });
});
