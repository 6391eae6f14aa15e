import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess, findingCatalogue, type FindingCode } from './index.ts';
import { defects } from './testing/defects.ts';
import { aState } from './testing.ts';

const topics = [
  { name: 'events', partitions: 20 },
  { name: 'payments', partitions: 10 },
];
const withZookeeper = sceneOf('zookeeper');
const withControllers = sceneOf('kraft');
const withBoth = sceneOf('dual-write');

function sceneOf(mode: Spec['mode']) {
  const spec = aSpec({ mode, topics });
  return { spec, healthy: aState({}, spec) };
}

const codes = Object.keys(findingCatalogue) as FindingCode[];
const ofZookeeper = codes.filter((code) => defects[code].mode === undefined);

describe('planted', () => {
  test('a healthy cluster with controllers has no finding', () => {
    const { spec, healthy } = withControllers;
    expect(assess(spec, healthy)).toMatchObject({ status: 'healthy', findings: [] });
  });

  test('a healthy cluster of any size has no finding', () => {
    const sizes = fc.integer({ min: 1, max: 3 }).chain((tolerance) =>
      fc.record({
        tolerance: fc.constant(tolerance),
        brokers: fc.integer({ min: 2 * tolerance + 1, max: 12 }),
        zookeeper: fc.record({ servers: fc.constantFrom(3, 5) }),
        topics: fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c'), partitions: fc.nat(30) }), {
          selector: ({ name }) => name,
        }),
      }),
    );
    fc.assert(
      fc.property(sizes, (size) => {
        const topics = size.topics.map(({ name, partitions }) => ({ name, partitions: partitions + 1 }));
        const sized = aSpec({ ...size, topics });
        expect(assess(sized, aState({}, sized))).toMatchObject({ status: 'healthy', findings: [] });
      }),
    );
  });

  test.each(codes)('%s is raised by its defect, with what follows from it and nothing else', (code) => {
    const scenes = { zookeeper: withZookeeper, kraft: withControllers, 'dual-write': withBoth };
    const { spec, healthy } = scenes[defects[code].mode ?? 'zookeeper'];
    for (const n of [0, 1, 2, 3, 4]) {
      const { findings } = assess(spec, defects[code].plant(healthy, n));
      expect(codesOf(findings)).toEqual(expected([code]));
      for (const { subject, reason, action } of findings) {
        expect(subject).not.toBe('');
        expect(reason).toMatch(/^[A-Z0-9].*\.$/s);
        expect(action).toMatch(/^[A-Z].*\.$/s);
      }
    }
  });

  test('of any combination of defects each one is found and nothing else', () => {
    const { spec, healthy } = withZookeeper;
    fc.assert(
      fc.property(fc.shuffledSubarray(ofZookeeper), fc.nat(20), (chosen, n) => {
        const touched = new Set<string>();
        const planted = chosen.filter((code) => {
          const { touches } = defects[code];
          if (touches.some((thing) => touched.has(thing))) return false;
          touches.forEach((thing) => touched.add(thing));
          return true;
        });
        const { findings, status } = assess(
          spec,
          planted.reduce((state, code) => defects[code].plant(state, n), healthy),
        );
        expect(codesOf(findings)).toEqual(expected(planted));
        expect(status).toBe(statusOf(expected(planted)));
      }),
      { numRuns: 200 },
    );
  });

  function codesOf(findings: readonly { code: FindingCode }[]): FindingCode[] {
    return [...new Set(findings.map(({ code }) => code))].sort();
  }

  function expected(planted: readonly FindingCode[]): FindingCode[] {
    return [...new Set(planted.flatMap((code) => [code, ...(defects[code].also ?? [])]))].sort();
  }

  function statusOf(found: readonly FindingCode[]): string {
    const errors = found.filter((code) => findingCatalogue[code].severity === 'error');
    if (errors.length === 0) return 'healthy';
    return errors.length === 1 && errors[0] === 'source-unreadable' ? 'unknown' : 'unhealthy';
  }
});
