import { describe, expect, test } from '@jest/globals';
import type { ReplicaFindings } from '@kafka-ha/history';
import { dumpScript, untilNoneLacks } from './compare-replica-logs.ts';

const { signal } = new AbortController();

describe('compareReplicaLogs', () => {
  test('a replica that is still fetching is compared again, until it lacks nothing', async () => {
    const looks = [findings(2), findings(1), findings(0), findings(9)];
    const last = await untilNoneLacks(async () => looks.shift() ?? findings(0), { clock: aClock(), signal });
    expect(last.behind).toEqual([]);
    expect(looks).toHaveLength(1);
  });

  test('a replica that goes on lacking records is told as such', async () => {
    const clock = aClock();
    let looks = 0;
    const last = await untilNoneLacks(async () => ((looks += 1), findings(1)), { clock, signal });
    expect(last.behind).toHaveLength(1);
    expect(looks).toBeGreaterThan(5);
    expect(clock.now()).toBeLessThan(60_000);
  });

  test.each([
    ['3.9.2', ' kafka.tools.DumpLogSegments '],
    ['4.2.2', ' kafka.tools.DumpLogSegments '],
    ['4.3.1', ' org.apache.kafka.tools.DumpLogSegments '],
    ['4.10.0', ' org.apache.kafka.tools.DumpLogSegments '],
  ])('Kafka %s has the tool that dumps logs as%s', (version, tool) => {
    expect(dumpScript(version)).toContain(tool);
  });

  function aClock() {
    let ms = 0;
    return { now: () => ms, wallTime: () => ms, sleep: async (forMs: number) => void (ms += forMs) };
  }

  function findings(behind: number): ReplicaFindings {
    return {
      partitions: 20,
      batches: 9,
      longest: 9,
      diverged: [],
      corrupt: [],
      behind: Array.from({ length: behind }, (_, index) => ({
        partition: `drill-${index}`,
        broker: 'events-kafka-1',
        endOffset: 10,
        furthest: 20,
      })),
      headless: [],
      incomplete: [],
    };
  }
});
