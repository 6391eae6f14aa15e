import { expect, test } from '@jest/globals';
import { compareReplicas } from './compare-replicas.ts';
import { parseDumpedLogs, type Batch, type BrokerLogs } from './dump-log-segments.ts';

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
  const findings = compareReplicas(replicas([0, 1, 2], [0, 1, 2], [0, 1, 2]), 3);
  expect(findings).toEqual({
    partitions: 1,
    batches: 3,
    diverged: [],
    corrupt: [],
    behind: [],
    incomplete: [],
  });
});

test('what retention removed from one replica, or what one has not fetched yet, is not compared', () => {
  const findings = compareReplicas(replicas([0, 1, 2, 3], [1, 2, 3], [0, 1, 2]), 3);
  expect(findings).toMatchObject({ batches: 2, diverged: [], incomplete: [] });
  expect(findings.behind).toEqual([{ partition: 'drill-0', broker: 'b2', endOffset: 30, furthest: 40 }]);
});

test.each<[string, Partial<Batch>]>([
  ['checksum', { crc: 999 }],
  ['leader epoch', { leaderEpoch: 7 }],
  ['extent', { lastOffset: 15 }],
])('a batch with another %s on one replica is a divergence, named with its offset', (_, change) => {
  const logs = replicas([0, 1, 2], [0, 1, 2]);
  const odd = [aBatch(0), { ...aBatch(1), ...change }, aBatch(2)];
  const { diverged } = compareReplicas(new Map([...logs, ['odd', logOf(odd)]]), 3);
  expect(diverged).toMatchObject([{ partition: 'drill-0', offset: 10 }]);
  expect(new Set(Object.values(diverged[0]?.holds ?? {})).size).toBe(2);
});

test('a replica that lacks a batch in the middle has diverged', () => {
  expect(compareReplicas(replicas([0, 1, 2], [0, 2]), 2).diverged).toMatchObject([{ offset: 10 }]);
});

test('a batch with a wrong checksum is corrupt on whichever replica', () => {
  const logs = new Map([...replicas([0, 1]), ['odd', logOf([aBatch(0), { ...aBatch(1), valid: false }])]]);
  expect(compareReplicas(logs, 2).corrupt).toEqual([{ partition: 'drill-0', broker: 'odd', baseOffset: 10 }]);
});

test('what cannot be compared is told, never taken for agreement', () => {
  expect(compareReplicas(replicas([0], [0]), 3).incomplete).toEqual(['drill-0: 2 of 3 replicas were read']);
  expect(compareReplicas(replicas([0, 1], []), 2).incomplete).toEqual([
    'drill-0: no offsets that all replicas hold',
  ]);
  expect(compareReplicas(new Map(), 3).incomplete).toEqual(['no log was read']);
});

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
