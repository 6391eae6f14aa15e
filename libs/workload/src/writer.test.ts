import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { intendedMs } from '@kafka-ha/history';
import { decodePayload } from './payload.ts';
import { aRecorder, aRun } from './testing.ts';
import { recordsPerBatch, runWriter, type Write } from './writer.ts';

describe('writer', () => {
  test('a partition that stalls holds up neither the others nor its own intended times', async () => {
    let stalled = true;
    const write: Write = async (partition) => {
      while (partition === 1 && stalled) await sleep(5);
      return { kind: 'acked', offset: 0 };
    };
    const { history } = await aRunOf({
      forMs: 400,
      write,
      meanwhile: async () => void (await sleep(200), (stalled = false)),
    });
    const first = history.acknowledged.filter(({ partition }) => partition === 0);
    expect(first.length).toBeGreaterThan(15);
    // Two batches: the record that stalled, and all that fell due meanwhile.
    const [stalledOne, rest] = history.acknowledged.filter(({ partition }) => partition === 1);
    expect(stalledOne).toMatchObject({ seq: 0, count: 1 });
    expect(rest?.seq).toBe(1);
    expect(rest?.count).toBeGreaterThan(5);
  });

  test('a partition never has two batches in flight, and its records leave in order', async () => {
    const inFlight = new Set<number>();
    const seen: number[] = [];
    const write: Write = async (partition, values) => {
      expect(inFlight.has(partition)).toBe(false);
      inFlight.add(partition);
      if (partition === 0) seen.push(...values.map((value) => decodePayload(value)?.seq ?? -1));
      await sleep(7);
      inFlight.delete(partition);
      return { kind: 'acked', offset: 0 };
    };
    await aRunOf({ forMs: 200, ratePerSecond: 500, write });
    expect(seen).toEqual(seen.map((_, index) => index));
    expect(seen.length).toBeGreaterThan(50);
  });

  test('a client whose writes may overlap is given each record when it is due', async () => {
    let stalled = true;
    const write: Write = async (_, values) => {
      const seq = decodePayload(values[0] ?? null)?.seq ?? -1;
      while (seq === 0 && stalled) await sleep(5);
      return { kind: 'acked', offset: seq };
    };
    const { history, stoppedMs } = await aRunOf({
      forMs: 300,
      overlaps: true,
      write,
      meanwhile: async () => void (await sleep(200), (stalled = false)),
    });
    const ofOne = history.acknowledged.filter(({ partition }) => partition === 1);
    expect(ofOne.every(({ seq, count, offset }) => count === 1 && offset === seq)).toBe(true);
    const first = ofOne.findIndex(({ seq }) => seq === 0);
    expect(first).toBeGreaterThan(5);
    expect(outcomes(history, 1)).toBe(intendedBefore(stoppedMs, 1));
  });

  test('every write that was intended before the stop has an outcome', async () => {
    const write: Write = async (partition) => {
      if (partition === 0) return { kind: 'acked', offset: 0 };
      return { kind: 'unknown', error: 'REQUEST_TIMED_OUT' };
    };
    const { history, stoppedMs } = await aRunOf({ forMs: 150, write });
    expect(outcomes(history, 0)).toBe(intendedBefore(stoppedMs, 0));
    expect(outcomes(history, 1)).toBe(intendedBefore(stoppedMs, 1));
  });

  test('a workload that was late still intends what fell due before the stop', async () => {
    const { recorder, told } = aRecorder(run);
    const write: Write = async () => ({ kind: 'acked', offset: 0 });
    const late = { run, recorder, write, now: () => 500, stop: AbortSignal.abort(), drainMs: 1000 };
    expect(await runWriter(late)).toBe(500);
    expect(outcomes(told(), 0)).toBe(intendedBefore(500, 0));
    expect(outcomes(told(), 1)).toBe(intendedBefore(500, 1));
  });

  test('what is still under way when the waiting ends is told as such', async () => {
    const write: Write = async (partition, _, giveUp) => {
      while (partition === 1 && !giveUp.aborted) await sleep(5);
      return partition === 1 ? { kind: 'unknown', error: 'no answer' } : { kind: 'acked', offset: 0 };
    };
    const { history, stoppedMs } = await aRunOf({ forMs: 100, drainMs: 50, write });
    expect(history.unacknowledged).toMatchObject([
      { outcome: 'failed', partition: 1, seq: 1, error: 'NOT_SENT' },
      { outcome: 'unknown', partition: 1, seq: 0, count: 1, error: 'no answer' },
    ]);
    expect(outcomes(history, 1)).toBe(intendedBefore(stoppedMs, 1));
  });

  test.each([100, 200, 1_000, 10_000, 999_000, 1_000_000])(
    'what falls due at once in records of %i bytes leaves in batches that a broker takes',
    async (recordBytes) => {
      const { recorder } = aRecorder(run);
      const sizes: number[] = [];
      const write: Write = async (_, values) => {
        sizes.push(values.reduce((sum, { length }) => sum + length + 21, 61));
        return { kind: 'acked', offset: 0 };
      };
      const seconds = recordBytes > 100_000 ? 1 : 30;
      const late = { ...run, recordBytes };
      await runWriter({
        run: late,
        recorder,
        write,
        now: () => seconds * 1000,
        stop: AbortSignal.abort(),
        drainMs: 5_000,
      });
      expect(Math.max(...sizes)).toBeLessThan(1_048_588);
      expect(sizes.length).toBeGreaterThanOrEqual(
        2 * Math.ceil((50 * seconds) / recordsPerBatch(recordBytes)),
      );
    },
  );

  const run = aRun({ ratePerSecond: 50 });

  async function aRunOf(options: {
    forMs: number;
    ratePerSecond?: number;
    drainMs?: number;
    overlaps?: boolean;
    write: Write;
    meanwhile?: () => Promise<void>;
  }) {
    const { recorder, told } = aRecorder({
      ...run,
      ratePerSecond: options.ratePerSecond ?? run.ratePerSecond,
    });
    const began = performance.now();
    const stop = AbortSignal.timeout(options.forMs);
    const [stoppedMs] = await Promise.all([
      runWriter({
        run: { ...run, ratePerSecond: options.ratePerSecond ?? run.ratePerSecond },
        recorder,
        write: options.write,
        overlaps: options.overlaps ?? false,
        now: () => Math.floor(performance.now() - began),
        stop,
        drainMs: options.drainMs ?? 1000,
      }),
      options.meanwhile?.(),
    ]);
    return { history: told(), stoppedMs };
  }

  function outcomes(
    { acknowledged, unacknowledged }: Awaited<ReturnType<typeof aRunOf>>['history'],
    partition: number,
  ) {
    const told = [...acknowledged, ...unacknowledged].filter((outcome) => outcome.partition === partition);
    return told.reduce((sum, { count }) => sum + count, 0);
  }

  function intendedBefore(ms: number, partition: number): number {
    let seq = 0;
    while (intendedMs(run, partition, seq) < ms) seq += 1;
    return seq;
  }
});
