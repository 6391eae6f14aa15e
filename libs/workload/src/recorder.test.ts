import { describe, expect, test } from '@jest/globals';
import { aRecorder, aRun } from './testing.ts';

describe('Recorder', () => {
  test('what is recorded is read back as it was', () => {
    const { recorder, told } = aRecorder(aRun());
    recorder.sent(1, 4, 2, 460);
    recorder.acked(1, 4, 2, 77, 470);
    recorder.unacked('unknown', 0, 3, 1, 'REQUEST_TIMED_OUT', 10_300);
    recorder.corrupt('final', 0, 9);
    recorder.foreign('live', 1, 10, 'r0', 1, 5);
    recorder.tell({ kind: 'watermarks', ms: 500, offsets: [1, null] });
    expect(told()).toMatchObject({
      sent: [{ partition: 1, seq: 4, count: 2, ms: 460 }],
      acknowledged: [{ partition: 1, seq: 4, count: 2, offset: 77, ms: 470 }],
      unacknowledged: [{ outcome: 'unknown', partition: 0, seq: 3, error: 'REQUEST_TIMED_OUT', ms: 10_300 }],
      corrupt: [{ pass: 'final', partition: 0, offset: 9 }],
      foreign: [{ pass: 'live', partition: 1, offset: 10, run: 'r0', ofPartition: 1, ofSeq: 5 }],
      watermarks: [{ ms: 500, offsets: [1, null] }],
      defects: [],
    });
  });

  test('neighbours that were read together become one row, others do not', () => {
    const { recorder, told } = aRecorder(aRun());
    const read = (offset: number, seq: number, ms: number, epoch = 0) => {
      recorder.read('live', { partition: 0, offset, seq, epoch, ms });
    };
    read(10, 0, 100);
    read(11, 1, 100);
    read(12, 3, 100); // another record follows
    read(13, 4, 100, 1); // of another leader
    read(14, 5, 200, 1); // at another time
    expect(told().reads.map(({ offset, seq, count, ms }) => [offset, seq, count, ms])).toEqual([
      [10, 0, 2, 100],
      [12, 3, 1, 100],
      [13, 4, 1, 100],
      [14, 5, 1, 200],
    ]);
  });

  test('the final read’s rows grow over time', () => {
    const { recorder, told } = aRecorder(aRun());
    for (let seq = 0; seq < 1000; seq += 1)
      recorder.read('final', { partition: 0, offset: seq, seq, epoch: 0, ms: seq });
    expect(told().reads).toMatchObject([{ pass: 'final', offset: 0, seq: 0, count: 1000 }]);
  });

  test('a row that was told does not grow any more', () => {
    const { recorder, told } = aRecorder(aRun());
    recorder.read('final', { partition: 0, offset: 0, seq: 0, epoch: 0, ms: 1 });
    expect(told().reads).toHaveLength(1);
    recorder.read('final', { partition: 0, offset: 1, seq: 1, epoch: 0, ms: 1 });
    expect(told().reads).toMatchObject([
      { offset: 0, count: 1 },
      { offset: 1, count: 1 },
    ]);
  });

  test('lines stay below the size at which a container runtime cuts them', () => {
    const { recorder, lines, told } = aRecorder(aRun());
    for (let seq = 0; seq < 5000; seq += 1)
      recorder.acked(1, 1_000_000 + seq, 500, 1_000_000_000 + seq, 1_000_000_000);
    expect(told().acknowledged).toHaveLength(5000);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(16 << 10);
  });
});
