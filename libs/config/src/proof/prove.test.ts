import { describe, expect, test } from '@jest/globals';
import { prove } from './prove.ts';

const seed = {
  brokers: 5,
  factor: 5,
  minInSync: 3,
  tolerance: 2,
  quorumServers: 3,
  mode: 'zookeeper' as const,
};

describe('prove', () => {
  test('five brokers with five replicas and three in sync may lose any two', () => {
    expect(prove(seed)).toMatchObject({ kind: 'holds' });
  });

  test.each([
    [{ factor: 3, minInSync: 2 }, 'replication factor 3 of most examples'],
    [{ factor: 4, minInSync: 2 }, 'four replicas, acknowledged on two'],
    [{ factor: 4, minInSync: 3 }, 'four replicas, acknowledged on three'],
    [{ minInSync: 2 }, 'acknowledged on two'],
    [{ minInSync: 4 }, 'acknowledged on four'],
    [{ brokers: 4 }, 'four brokers'],
    [{ quorumServers: 1 }, 'one ZooKeeper server'],
    [{ quorumServers: 4 }, 'an even number of ZooKeeper servers'],
  ])('a promise of two is refused with %j (%s)', (change, _why) => {
    expect(prove({ ...seed, ...change }).kind).toBe('broken');
  });

  test('the message has the arithmetic and what would do', () => {
    const proof = prove({ ...seed, brokers: 4 });
    expect(proof.kind === 'broken' && proof.reasons).toEqual([
      'tolerance 2 needs 5 brokers: 3 replicas must be left when any 2 are lost, each on its own broker (3 + 2 = 5), and there are 4; allowed: brokers 5 or more, or tolerance 1',
    ]);
  });

  /*
   * The claim by brute force: every placement of a partition's replicas, every in-sync set that is legal, every set of
   * brokers lost. Sets of brokers are bit masks.
   */
  test('the proof agrees with every single case for up to seven brokers', () => {
    let claims = 0;
    for (let brokers = 1; brokers <= 7; brokers++)
      for (let factor = 1; factor <= 7; factor++)
        for (let minInSync = 1; minInSync <= 7; minInSync++)
          for (let tolerance = 0; tolerance <= 7; tolerance++) {
            const claim = { brokers, factor, minInSync, tolerance, quorumServers: 3, mode: 'kraft' as const };
            const holds = survivesEveryCase(brokers, factor, minInSync, tolerance);
            if ((prove(claim).kind === 'holds') !== holds)
              throw new Error(`disagree: ${JSON.stringify({ claim, holds })}`);
            claims++;
          }
    expect(claims).toBe(7 * 7 * 7 * 8);
  });

  test('ZooKeeper keeps a majority by the proof exactly where it does by count', () => {
    for (let servers = 1; servers <= 9; servers++) {
      const keepsMajority = servers - 1 > servers / 2;
      const holds = prove({ ...seed, quorumServers: servers }).kind === 'holds';
      // An even number keeps it too, but loses no more than the odd number below it: refused as a waste.
      expect(holds).toBe(keepsMajority && servers % 2 === 1);
    }
  });

  function survivesEveryCase(brokers: number, factor: number, minInSync: number, lost: number): boolean {
    const placements = setsOf(brokers, factor);
    const losses = setsOf(brokers, Math.min(lost, brokers));
    const possible = placements.length > 0 && minInSync <= factor;
    return possible && placements.every((replicas) => survives(replicas, minInSync, losses));
  }

  function survives(replicas: number, minInSync: number, losses: readonly number[]): boolean {
    for (const loss of losses) {
      if (sizeOf(replicas & ~loss) < minInSync) return false; // not writable at once, from a full in-sync set
      for (let inSync = replicas; inSync > 0; inSync = (inSync - 1) & replicas)
        if (sizeOf(inSync) >= minInSync && (inSync & ~loss) === 0) return false; // acknowledged, and on no survivor
    }
    return true;
  }

  function setsOf(elements: number, size: number): number[] {
    return Array.from({ length: 2 ** elements }, (_, set) => set).filter((set) => sizeOf(set) === size);
  }

  function sizeOf(set: number): number {
    let size = 0;
    for (let rest = set; rest > 0; rest &= rest - 1) size++;
    return size;
  }
});
