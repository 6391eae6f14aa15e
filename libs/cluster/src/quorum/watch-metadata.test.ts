import { describe, expect, test } from '@jest/globals';
import type { Clock } from '@kafka-ha/base';
import type { Sightings } from '@kafka-ha/history';
import { aTopic } from '@kafka-ha/kafka/testing';
import { FakeKraft } from '../testing/kraft-nodes.ts';
import { followMetadata } from './watch-metadata.ts';

/** What is seen of a topic led by brokers 0 and 1 while time goes on; `at` is told the milliseconds that are over. */
async function watching(
  kraft: FakeKraft,
  { forMs, at = () => undefined }: { forMs: number; at?: (ms: number) => void },
) {
  kraft.cluster.topics = [aTopic('drill', [0, 1, 2], [1, 2, 0])];
  const sightings: Sightings = { pods: [], registrations: [], partitions: [] };
  const stop = new AbortController();
  const asked: number[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    wallTime: () => now,
    sleep: async (ms) => {
      now += ms;
      at(now);
      if (now >= forMs) stop.abort();
      stop.signal.throwIfAborted();
    },
  };
  const inTurn = [2, 0, 1];
  const registry = {
    spokesman: async () => {
      const brokerId = inTurn[asked.length % 3] ?? 0;
      asked.push(brokerId);
      return { id: 1_001, term: '7', brokerId };
    },
  };
  const { nodes } = kraft;
  await followMetadata(
    { nodes, registry, brokers: 3, clock, signal: stop.signal },
    { sightings, now: () => now, topic: 'drill', partitions: 2 },
  );
  return { sightings, asked };
}

/** A record every half second. */
function alive(kraft: FakeKraft) {
  return (ms: number) => (kraft.highWatermark = 50 + Math.floor(ms / 500));
}

describe('watchMetadata', () => {
  test('what is there at first is taken down once, and then what changes', async () => {
    const kraft = new FakeKraft();
    const goesOn = alive(kraft);
    const at = (ms: number) => {
      goesOn(ms);
      if (ms < 1_000) return;
      kraft.fenced.add(0);
      kraft.cluster.topics = [aTopic('drill', [1, 2], [1, 2])];
    };
    const { sightings, asked } = await watching(kraft, { forMs: 5_000, at });
    expect(sightings.registrations).toEqual([
      { epochMs: 0, brokerId: 0, isThere: true },
      { epochMs: 0, brokerId: 1, isThere: true },
      { epochMs: 0, brokerId: 2, isThere: true },
      { epochMs: 1_000, brokerId: 0, isThere: false },
    ]);
    expect(sightings.partitions).toEqual([
      { epochMs: 0, partition: 0, leader: 0, isr: [0, 1, 2] },
      { epochMs: 0, partition: 1, leader: 1, isr: [1, 2, 0] },
      { epochMs: 1_000, partition: 0, leader: 1, isr: [1, 2] },
      { epochMs: 1_000, partition: 1, leader: 1, isr: [1, 2] },
    ]);
    expect(asked).toEqual([2]);
  });

  test('a broker whose memory stands still for two seconds is left for another one', async () => {
    const kraft = new FakeKraft();
    const goesOn = alive(kraft);
    kraft.knows.set(2, 49);
    const { asked } = await watching(kraft, { forMs: 4_000, at: goesOn });
    expect(asked).toEqual([2, 0]);
  });

  test('a broker that dies is left at once', async () => {
    const kraft = new FakeKraft();
    const goesOn = alive(kraft);
    const { asked } = await watching(kraft, {
      forMs: 2_000,
      at: (ms) => {
        goesOn(ms);
        if (ms === 500) kraft.cluster.kill(2);
      },
    });
    expect(asked).toEqual([2, 0]);
  });
});
