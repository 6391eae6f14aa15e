import { describe, expect, test } from '@jest/globals';
import { endsOf, rememberEnds, type EndHistory } from './end-history.ts';
import { aLog, logsOf } from './testing.ts';

function remembered(seconds: number, every = 15): EndHistory {
  let history: EndHistory = [];
  for (let at = 0; at <= seconds; at += every)
    history = rememberEnds(history, { atMs: at * 1000, ends: new Map([['events', [at]]]) });
  return history;
}

describe('end history', () => {
  test('the first moments are all kept', () => {
    expect(remembered(45).map(({ atMs }) => atMs / 1000)).toEqual([0, 15, 30, 45]);
  });

  test('of a day some are left, none further from the next than a third of its age', () => {
    const day = remembered(86_400);
    expect(day.length).toBeGreaterThan(15);
    expect(day.length).toBeLessThan(60);
    expect(day[0]?.atMs).toBe(0);
    for (const [index, { atMs }] of day.slice(0, -1).entries()) {
      const gap = (day[index + 1]?.atMs ?? 0) - atMs;
      expect(gap).toBeLessThanOrEqual(Math.max(15_000, (86_400_000 - atMs) / 3));
    }
  });

  test('what is older than a week is forgotten', () => {
    expect(remembered(10 * 86_400, 3_600)[0]?.atMs).toBeGreaterThanOrEqual(3 * 86_400_000);
  });

  test('ends are taken from the logs', () => {
    expect(endsOf(logsOf(aLog({ end: 3 }), aLog({ end: 4 })))).toEqual(new Map([['events', [3, 4]]]));
  });
});
