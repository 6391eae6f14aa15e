import { parseHistory, type History, type Run } from '@kafka-ha/history';
import type { Brokers, Purpose } from './kafka/connections.ts';
import type { Metadata, Request } from './kafka/requests.ts';
import { Recorder } from './recorder.ts';

export function aRun(change: Partial<Run> = {}): Run {
  return {
    version: 2,
    id: 'r1',
    startedAt: 1_795_500_000_000,
    topic: 'drill',
    partitions: 2,
    ratePerSecond: 10,
    recordBytes: 200,
    idempotent: true,
    startOffsets: [0, 0],
    ...change,
  };
}

/** A recorder, and the history that it has told so far. */
export function aRecorder(run: Run): { recorder: Recorder; lines: string[]; told: () => History } {
  const lines: string[] = [];
  const recorder = new Recorder(run, (text) => lines.push(text));
  const told = () => {
    recorder.flush(0);
    const history = parseHistory(lines.join(''));
    if (!history) throw new Error('nothing was told');
    return history;
  };
  return { recorder, lines, told };
}

export type Asked = { purpose: Purpose; address: string; api: string; request: Request<unknown> };

/**
 * Brokers that answer as the test says, a promise when it is kept; an answer that is an Error is thrown. Every request is kept.
 * Where `open` is not given, everyone can be reached.
 */
export function fakeBrokers(
  answer: (asked: Asked) => unknown,
  open: Brokers['open'] = async () => undefined,
): Brokers & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    requestTimeoutMs: 10_000,
    open,
    send: async <T>(purpose: Purpose, address: string, request: Request<T>) => {
      const question = { purpose, address, api: request.api, request };
      asked.push(question);
      const given = await answer(question);
      if (given instanceof Error) throw given;
      return given as T;
    },
  };
}

/** Brokers 1, 2, … at `b1:1`, `b2:2`, …, and who leads partitions 0, 1, … in which epoch. */
export function aTopic(...leaders: { leader: number; epoch?: number }[]): Metadata {
  return {
    brokers: [1, 2, 3].map((id) => ({ id, host: `b${id}`, port: id })),
    errorCode: 0,
    partitions: leaders.map(({ leader, epoch = 0 }, partition) => ({ partition, leader, epoch })),
  };
}
