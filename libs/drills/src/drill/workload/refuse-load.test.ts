import { describe, expect, test } from '@jest/globals';
import { refuseLoad } from './refuse-load.ts';
import { defaultLoad } from './workload-objects.ts';

describe('refuseLoad', () => {
  test.each([
    {},
    { partitions: 100, ratePerSecond: 40 },
    { partitions: 1000, ratePerSecond: 4 },
    { recordBytes: 1_000_000 },
  ])('a load that can be judged is let begin: %p', (change) => {
    expect(() => refuseLoad({ ...defaultLoad, ...change }, 20_000)).not.toThrow();
  });

  test('a load that tells more than is kept is refused, with the most that may be asked for', () => {
    const load = { ...defaultLoad, partitions: 1000, ratePerSecond: 50 };
    expect(() => refuseLoad(load, 20_000)).toThrow(
      /^a load of 50000 records per second writes up to 1459 MiB of history in a drill of 320 s, but only 128 MiB are kept$/,
    );
    const { hint } = thrownBy(() => refuseLoad(load, 20_000));
    const most = Number(/at most (\d+) records/.exec(hint ?? '')?.[1]);
    expect(() => refuseLoad({ ...load, ratePerSecond: most }, 20_000)).not.toThrow();
    expect(() => refuseLoad({ ...load, ratePerSecond: most + 1 }, 20_000)).toThrow();
  });

  test('records that no broker takes are refused', () => {
    expect(() => refuseLoad({ ...defaultLoad, recordBytes: 1_000_001 }, 20_000)).toThrow(
      /larger than a broker/,
    );
  });

  function thrownBy(act: () => void): { hint?: string } {
    try {
      act();
    } catch (error) {
      return error as { hint?: string };
    }
    throw new Error('nothing was thrown');
  }
});
