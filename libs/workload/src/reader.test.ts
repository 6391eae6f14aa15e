import { describe, expect, test } from '@jest/globals';
import { NoAnswer } from './kafka/connection.ts';
import type { FetchedPartition } from './kafka/requests.ts';
import { Routes } from './kafka/routes.ts';
import { encodePayload } from './payload.ts';
import { readTopic } from './reader.ts';
import { aRecorder, aRun, aTopic, fakeBrokers } from './testing.ts';

const outOfRange = 1;
const notLeader = 6;

describe('reader', () => {
  test('a partition is read from its offset to its end, and not beyond', async () => {
    const { history, positions } = await read({ from: [10], to: [13], fetches: [batch(8, 4), batch(12, 9)] });
    expect(history.reads).toMatchObject([{ pass: 'final', partition: 0, offset: 10, seq: 10, count: 3 }]);
    expect(positions).toEqual([13]);
  });

  test('records with a wrong checksum and records of others are told apart', async () => {
    const damaged = encodePayload({ run: 'r1', partition: 0, seq: 1 }, 100);
    damaged[50] = 0;
    const values = [
      encodePayload({ run: 'r1', partition: 0, seq: 0 }, 100),
      damaged,
      encodePayload({ run: 'r0', partition: 0, seq: 7 }, 100),
      encodePayload({ run: 'r1', partition: 3, seq: 8 }, 100),
    ];
    const records = values.map((value, offset) => ({ offset, epoch: 0, value }));
    const { history } = await read({
      from: [0],
      to: [4],
      fetches: [[{ partition: 0, errorCode: 0, records }]],
    });
    expect(history.reads).toMatchObject([{ offset: 0, seq: 0, count: 1 }]);
    expect(history.corrupt).toEqual([{ pass: 'final', partition: 0, offset: 1 }]);
    expect(history.foreign).toMatchObject([
      { offset: 2, run: 'r0', ofPartition: 0, ofSeq: 7 },
      { offset: 3, run: 'r1', ofPartition: 3, ofSeq: 8 },
    ]);
  });

  test('a leader that is silent or leads no more is asked again', async () => {
    const refused = [{ partition: 0, errorCode: notLeader, records: [] }];
    const { history } = await read({
      from: [0],
      to: [2],
      fetches: [new NoAnswer('silent', true), refused, batch(0, 2)],
    });
    expect(history.reads).toMatchObject([{ offset: 0, count: 2 }]);
  });

  test('a reader beyond the end of a log that was cut off goes on at its end', async () => {
    const away = [{ partition: 0, errorCode: outOfRange, records: [] }];
    const { history } = await read({
      from: [20],
      to: [22],
      fetches: [away, batch(7, 15)],
      earliest: 0,
      latest: 7,
    });
    expect(history.reads).toMatchObject([{ offset: 7, seq: 7, count: 15 }]);
  });

  test('a reader before the start of a log goes on at its start', async () => {
    const away = [{ partition: 0, errorCode: outOfRange, records: [] }];
    const { history } = await read({
      from: [0],
      to: [22],
      fetches: [away, batch(20, 2)],
      earliest: 20,
      latest: 22,
    });
    expect(history.reads).toMatchObject([{ offset: 20, seq: 20, count: 2 }]);
  });

  test('a reader without an end reads until it is stopped', async () => {
    const stop = new AbortController();
    const fetches = [batch(0, 2), batch(2, 1), () => (stop.abort(), [])];
    const { positions } = await read({ from: [0], fetches, signal: stop.signal });
    expect(positions).toEqual([3]);
  });

  test('only what was asked for is read, and the next offset told once the records were', async () => {
    const told: [number, number][] = [];
    const onRead = (partition: number, offset: number) => void told.push([partition, offset]);
    await read({ from: [0], to: [2], only: new Set([0]), onRead, fetches: [batch(0, 2)] });
    expect(told).toEqual([[0, 2]]);
    const { history } = await read({
      from: [0],
      only: new Set([1]),
      fetches: [batch(0, 2)],
      signal: AbortSignal.timeout(200),
    });
    expect(history.reads).toEqual([]);
  });

  test('what comes after the stop is for whoever reads next', async () => {
    const stop = new AbortController();
    const fetches = [() => (stop.abort(), batch(0, 2))];
    const { history } = await read({ from: [0], fetches, signal: stop.signal });
    expect(history.reads).toEqual([]);
  });

  type Fetch = FetchedPartition[] | Error | (() => FetchedPartition[]);

  async function read(options: {
    from: number[];
    to?: number[];
    only?: ReadonlySet<number>;
    onRead?: (partition: number, nextOffset: number) => void;
    fetches: Fetch[];
    earliest?: number;
    latest?: number;
    signal?: AbortSignal;
  }) {
    const { from, to, only, onRead, earliest = 0, latest = 0 } = options;
    const { signal = AbortSignal.timeout(5000) } = options;
    const fetches = [...options.fetches];
    let listed = 0;
    const brokers = fakeBrokers(({ api }) => {
      if (api === 'Metadata') return aTopic({ leader: 1 });
      if (api === 'ListOffsets')
        return [{ partition: 0, errorCode: 0, offset: listed++ === 0 ? earliest : latest }];
      const next = fetches.shift() ?? [];
      return typeof next === 'function' ? next() : next;
    });
    const routes = new Routes('drill', ['b1:1'], brokers);
    await routes.refresh();
    const run = aRun({ partitions: 1, startOffsets: from });
    const { recorder, told } = aRecorder(run);
    const shared = { run: run.id, recorder, routes, connections: brokers, now: () => 0 };
    const positions = await readTopic({ ...shared, pass: 'final', only, from, to, onRead, signal });
    return { positions, history: told() };
  }

  /** So many records from this offset on, whose sequence numbers are their offsets. */
  function batch(offset: number, count: number): FetchedPartition[] {
    const records = Array.from({ length: count }, (_, index) => {
      const seq = offset + index;
      return { offset: seq, epoch: 0, value: encodePayload({ run: 'r1', partition: 0, seq }, 100) };
    });
    return [{ partition: 0, errorCode: 0, records }];
  }
});
