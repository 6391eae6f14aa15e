import { Session, type Profiler } from 'node:inspector/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { largeCluster } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { looks } from './testing.ts';

/**
 * How many times as often any block of code may run for ten times the partitions: what is linear does so ten times, twenty where
 * a slow machine has it ask again, what is quadratic a hundred. V8 counts, as a time would tell of the machine.
 * `npm run measure:large` has the times.
 */
const mostTimes = 40;
const few = 110;
const many = 10 * few;

/** One for all: what was compiled under another is no longer counted in full. */
const session = new Session();

describe('large clusters', () => {
  beforeAll(async () => {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  });

  afterAll(() => session.disconnect());

  test.each(Object.entries(looks))(
    '%s runs no code more often than in proportion to the partitions',
    async (_name, look) => {
      const small = await countedLook(look, few);
      const large = await countedLook(look, many);
      const tooOften = [...large.functions].flatMap(([name, ranges]) =>
        ranges
          .map(({ startOffset, count }) => ({
            name,
            times: count,
            before: timesAt(startOffset, small.functions.get(name)),
          }))
          // What runs once for each partition may do so, although there were none of that kind.
          .filter(({ times, before }) => times > mostTimes * Math.max(before, few)),
      );
      expect(tooOften).toEqual([]);
      expect(large.requests).toBe(small.requests);
    },
    120_000,
  );

  type Counted = {
    functions: Map<string, readonly Profiler.CoverageRange[]>;
    requests: number;
  };

  async function countedLook(look: (typeof looks)[keyof typeof looks], partitions: number): Promise<Counted> {
    const spec = aSpec({ mode: 'kraft', brokers: 6, tolerance: 1 });
    await using there = await largeCluster(spec, { partitions, perTopic: 1 });
    await session.post('Profiler.takePreciseCoverage');
    await look(there.cluster);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return { functions: functionsOf(result), requests: there.asked().kubernetes };
  }

  /** Of this project's functions how often each of their blocks ran, outer ones first. */
  function functionsOf(scripts: readonly Profiler.ScriptCoverage[]): Counted['functions'] {
    return new Map(
      scripts
        .filter(({ url }) => /\/libs\/\w+(-\w+)?\/src\/(?!testing|.*\/testing\/|.*\.test\.ts)/.test(url))
        .flatMap(({ url, functions }) =>
          functions.map(({ functionName, ranges }) => {
            const where = `${url.slice(url.indexOf('/libs/'))}, ${functionName}, at ${ranges[0]?.startOffset}`;
            return [where, ranges] as const;
          }),
        ),
    );
  }

  /** Blocks are told only where they ran more or less often than what is around them. */
  function timesAt(offset: number, ranges: readonly Profiler.CoverageRange[] = []): number {
    return (
      ranges.findLast(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)?.count ?? 0
    );
  }
});
