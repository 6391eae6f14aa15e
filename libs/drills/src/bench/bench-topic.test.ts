import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { BrokerDisk } from '@kafka-ha/health';
import fc from 'fast-check';
import { newBenchTopic } from './bench-topic.ts';

const gibibyte = 1024 ** 3;
const spec = aSpec();

/** A disk for each broker with so much of it free. */
function disks(freeBytes: number, count = spec.brokers): BrokerDisk[] {
  const sizeBytes = 1000 * gibibyte;
  return Array.from({ length: count }, (_, brokerId) => ({
    brokerId,
    usage: { kind: 'read', value: { sizeBytes, usedBytes: sizeBytes - freeBytes } },
  }));
}

describe('benchTopic', () => {
  test('the topic has 20 partitions with as many replicas as the promise needs, evenly led', () => {
    const { assignment } = newBenchTopic(spec, disks(50 * gibibyte));
    expect(assignment).toHaveLength(20);
    expect(new Set(assignment.map((replicas) => new Set(replicas).size))).toEqual(new Set([5]));
    const leaders = [0, 1, 2, 3, 4].map((id) => assignment.filter(([leader]) => leader === id).length);
    expect(leaders).toEqual([4, 4, 4, 4, 4]);
  });

  test('however little is free, either the topic fits into it at its fullest or it is refused', () => {
    const checkAndDelaySeconds = 20;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * gibibyte }), (freeBytes) => {
        const topic = orRefusal(() => newBenchTopic(spec, disks(freeBytes)));
        if ('code' in topic) {
          expect(topic.code).toBe('unhealthy');
          expect(freeBytes).toBeLessThan(4 * gibibyte);
          return;
        }
        const perReplica = Number(topic.config['retention.bytes']) + Number(topic.config['segment.bytes']);
        const lag = spec.storage.bytesPerSecond * checkAndDelaySeconds;
        expect(20 * perReplica + lag).toBeLessThanOrEqual(freeBytes);
        expect(Number(topic.config['retention.bytes'])).toBeGreaterThanOrEqual(
          Number(topic.config['segment.bytes']),
        );
      }),
    );
  });

  test('the fullest disk decides, and one that cannot be read is named', () => {
    const [first, ...others] = disks(50 * gibibyte);
    const full = { ...first, usage: disks(gibibyte)[0]?.usage } as BrokerDisk;
    expect(() => newBenchTopic(spec, [...others, full])).toThrow('the fullest has 1Gi');
    const unread = { brokerId: 3, usage: { kind: 'unreadable' as const, reason: 'no answer' } };
    expect(() => newBenchTopic(spec, [...others, unread])).toThrow(
      'the disk of broker 3 cannot be read: no answer',
    );
  });

  function orRefusal<T>(make: () => T): T | { code: unknown } {
    try {
      return make();
    } catch (error) {
      return error as { code: unknown };
    }
  }
});
