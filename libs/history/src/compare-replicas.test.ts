import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareReplicas, type Replicas } from './compare-replicas.ts';
import { parseDumpedLogs, type Batch, type BrokerLogs } from './dump-log-segments.ts';
import { plantReplica, replicaPlantings } from './testing/plant-replicas.ts';

/** Printed by Kafka 3.9.2 after a broker was killed and had come back; two segments, and a remark of the tool's. */
const recorded = `Dumping /var/lib/kafka/data/t1795500034833-0/00000000000000000000.log
Log starting offset: 0
baseOffset: 0 lastOffset: 0 count: 1 baseSequence: 0 lastSequence: 0 producerId: -1 producerEpoch: 0 partitionLeaderEpoch: 0 isTransactional: false isControl: false deleteHorizonMs: OptionalLong.empty position: 0 CreateTime: 1795500037173 size: 270 magic: 2 compresscodec: none crc: 141788087 isvalid: true
baseOffset: 1 lastOffset: 4 count: 4 baseSequence: 0 lastSequence: 3 producerId: -1 producerEpoch: 0 partitionLeaderEpoch: 0 isTransactional: false isControl: false deleteHorizonMs: OptionalLong.empty position: 270 CreateTime: 1795500037633 size: 897 magic: 2 compresscodec: none crc: 2742926812 isvalid: true
Found 12 invalid bytes at the end of 00000000000000000000.log
Dumping /var/lib/kafka/data/drill-with-name-12/00000000000000000005.log
Log starting offset: 5
baseOffset: 248 lastOffset: 248 count: 1 baseSequence: 0 lastSequence: 0 producerId: -1 producerEpoch: 0 partitionLeaderEpoch: 1 isTransactional: false isControl: false deleteHorizonMs: OptionalLong.empty position: 61410 CreateTime: 1795500061907 size: 270 magic: 2 compresscodec: none crc: 834850405 isvalid: false
`;

describe('compareReplicas', () => {
  test('the output of DumpLogSegments is read by partition', () => {
    expect([...parseDumpedLogs(recorded)]).toEqual([
      [
        't1795500034833-0',
        [
          { baseOffset: 0, lastOffset: 0, leaderEpoch: 0, crc: 141788087, valid: true },
          { baseOffset: 1, lastOffset: 4, leaderEpoch: 0, crc: 2742926812, valid: true },
        ],
      ],
      [
        'drill-with-name-12',
        [{ baseOffset: 248, lastOffset: 248, leaderEpoch: 1, crc: 834850405, valid: false }],
      ],
    ]);
  });

  test('equal replicas agree', () => {
    expect(compare(replicas([0, 1, 2], [0, 1, 2], [0, 1, 2]))).toEqual({
      partitions: 1,
      batches: 3,
      longest: 3,
      diverged: [],
      corrupt: [],
      behind: [],
      headless: [],
      incomplete: [],
    });
  });

  test('what some replicas lack is told, and what all hold is compared', () => {
    const findings = compare(replicas([0, 1, 2, 3], [1, 2, 3], [0, 1, 2]));
    expect(findings).toMatchObject({ batches: 2, longest: 4, diverged: [], incomplete: [] });
    expect(findings.behind).toEqual([{ partition: 'drill-0', broker: 'b2', endOffset: 30, furthest: 40 }]);
    expect(findings.headless).toEqual([{ partition: 'drill-0', broker: 'b1', startOffset: 10, first: 0 }]);
  });

  test('a head that retention may have removed is not missed', () => {
    const brokers = replicas([0, 1, 2], [1, 2]);
    expect(compare(brokers, { readBack: new Map() })).toMatchObject({ headless: [], behind: [], batches: 2 });
  });

  test('where every replica lacks what was read back, each of them is behind', () => {
    const readBack = new Map([['drill-0', { from: 0, to: 40 }]]);
    const { behind } = compare(replicas([0, 1, 2], [0, 1, 2]), { readBack });
    expect(behind.map(({ broker, furthest }) => [broker, furthest])).toEqual([
      ['b0', 40],
      ['b1', 40],
    ]);
  });

  const plantingsOf = Object.entries(replicaPlantings).flatMap(([finding, plantings]) =>
    Object.entries(plantings).map(([what, planting]) => ({
      finding: finding as keyof typeof replicaPlantings,
      what,
      planting,
    })),
  );

  test.each(plantingsOf)('a replica is found of which $what ($finding)', ({ finding, planting }) => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.nat(2), (batches, which) => {
        const numbers = Array.from({ length: batches }, (_, number) => number);
        const broker = `b${which}`;
        const sound = replicas(numbers, numbers, numbers);
        const found = compare(plantReplica(sound, { broker, partition: 'drill-0', planting }), {
          readBack: new Map([['drill-0', { from: 0, to: batches * 10 }]]),
        });
        expect(found[finding]).toHaveLength(1);
        if (finding !== 'diverged') expect(found[finding]).toMatchObject([{ partition: 'drill-0', broker }]);
        expect(found.longest).toBe(batches);
      }),
    );
  });

  test.each<[string, Partial<Batch>]>([
    ['checksum', { crc: 999 }],
    ['leader epoch', { leaderEpoch: 7 }],
    ['extent', { lastOffset: 15 }],
  ])('a batch with another %s on one replica is a divergence, named with its offset', (_, change) => {
    const logs = replicas([0, 1, 2], [0, 1, 2]);
    const odd = [aBatch(0), { ...aBatch(1), ...change }, aBatch(2)];
    const { diverged } = compare(new Map([...logs, ['odd', logOf(odd)]]));
    expect(diverged).toMatchObject([{ partition: 'drill-0', offset: 10 }]);
    expect(new Set(Object.values(diverged[0]?.holds ?? {})).size).toBe(2);
  });

  test('a batch with a wrong checksum is corrupt on whichever replica', () => {
    const logs = new Map([...replicas([0, 1]), ['odd', logOf([aBatch(0), { ...aBatch(1), valid: false }])]]);
    expect(compare(logs).corrupt).toEqual([{ partition: 'drill-0', broker: 'odd', baseOffset: 10 }]);
  });

  test('a partition that nobody holds is found, whatever was read', () => {
    const assigned = new Map([
      ['drill-0', ['b0', 'b1']],
      ['drill-1', ['b0', 'b1']],
    ]);
    const readBack = new Map([['drill-1', { from: 0, to: 7 }]]);
    const found = compare(replicas([0], [0]), { assigned, readBack });
    expect(found.behind).toEqual([
      { partition: 'drill-1', broker: 'b0', endOffset: 0, furthest: 7 },
      { partition: 'drill-1', broker: 'b1', endOffset: 0, furthest: 7 },
    ]);
  });

  test('what cannot be compared is told, never taken for agreement', () => {
    const assigned = new Map([['drill-0', ['b0', 'b1', 'b2']]]);
    expect(compare(replicas([0], [0]), { assigned }).incomplete).toEqual([
      'drill-0: 2 of 3 replicas were read',
    ]);
    expect(compare(replicas([0, 1], [])).incomplete).toEqual(['drill-0: no offsets that all replicas hold']);
    expect(compare(new Map(), { assigned }).incomplete).toEqual(['drill-0: 0 of 3 replicas were read']);
    expect(compare(new Map()).incomplete).toEqual(['there was no partition to compare']);
  });

  /** By default every broker is to hold the partition from its beginning to the furthest end. */
  function compare(brokers: Replicas['brokers'], change: Partial<Replicas> = {}) {
    const assigned = new Map(brokers.size === 0 ? [] : [['drill-0', [...brokers.keys()]]]);
    return compareReplicas({
      brokers,
      assigned,
      readBack: new Map([['drill-0', { from: 0, to: 0 }]]),
      ...change,
    });
  }

  /** Brokers b0, b1, … whose logs of one partition hold these batches of ten records each. */
  function replicas(...logs: number[][]): Map<string, BrokerLogs> {
    return new Map(logs.map((numbers, index) => [`b${index}`, logOf(numbers.map(aBatch))]));
  }

  function logOf(batches: Batch[]): BrokerLogs {
    return new Map([['drill-0', batches]]);
  }

  function aBatch(number: number): Batch {
    return {
      baseOffset: number * 10,
      lastOffset: number * 10 + 9,
      leaderEpoch: 0,
      crc: 1000 + number,
      valid: true,
    };
  }
});
