import { describe, expect, test } from '@jest/globals';
import { progressOf, recoveryLine, recoveryProgress } from './log-recovery.ts';

const loaded =
  'INFO Completed load of Log(dir=/data/kafka/events-3, topicId=abc, topic=events, partition=3) with 2 segments, local-log-start-offset 0 and log-end-offset 10 in 41ms (37/120 completed in /data/kafka) (kafka.log.LogManager)';
const segment =
  'INFO [LogLoader partition=events-3, dir=/data/kafka] Recovering unflushed segment 0. 0/2 recovered for events-3. (kafka.log.LogLoader)';
const other = 'INFO [SocketServer listenerType=ZK_BROKER, nodeId=0] Started data-plane acceptor';

describe('log recovery', () => {
  test('the last line of a recovery is found among others', () => {
    expect(recoveryLine([segment, loaded, other])).toBe(loaded);
    expect(recoveryLine([loaded, segment])).toBe(segment);
  });

  test('a broker that does something else reads nothing back', () => {
    expect(recoveryLine([other])).toBeUndefined();
  });

  test('how far it is is told where the line tells it', () => {
    expect(progressOf(loaded)).toBe(': 37 of 120 done');
    expect(progressOf(segment)).toBe('');
  });

  test('a line every three minutes is headway, the same one for five minutes is none', () => {
    let now = 0;
    const progress = recoveryProgress({ now: () => now });
    const after = (minutes: number, line: string) => {
      now += minutes * 60_000;
      return progress([line]);
    };
    expect(after(0, segment)).toBe('is in log recovery');
    expect(after(3, segment)).toBe('is in log recovery');
    expect(after(1, loaded)).toBe('is in log recovery: 37 of 120 done');
    expect(after(4, loaded)).toBe('is in log recovery: 37 of 120 done');
    expect(after(1, loaded)).toBeUndefined();
    expect(after(9, segment)).toBe('is in log recovery');
    expect(after(0, other)).toBeUndefined();
  });
});
