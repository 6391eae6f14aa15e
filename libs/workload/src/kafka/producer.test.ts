import { describe, expect, test } from '@jest/globals';
import { aTopic, fakeBrokers, type Asked } from '../testing.ts';
import { Batcher } from './batcher.ts';
import { NoAnswer } from './connection.ts';
import type { Brokers } from './connections.ts';
import { ProducerIds } from './producer-ids.ts';
import { PartitionProducer } from './producer.ts';
import type { Metadata } from './requests.ts';
import { Routes } from './routes.ts';

const values = [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')];
const never = new AbortController().signal;
const stored = (offset: number) => [{ partition: 0, errorCode: 0, offset }];
const refused = (errorCode: number) => [{ partition: 0, errorCode, offset: -1 }];
const noLeader = 6;
const timedOut = 7;
const tooLarge = 10;
const outOfOrder = 45;
const leastPauseMs = 80;

describe('producer', () => {
  test('a write goes to the leader and brings its offset', async () => {
    const { producer, writes } = await aProducer([stored(41)]);
    expect(await producer.write(values, never)).toEqual({ kind: 'acked', offset: 41 });
    expect(writes().map(({ address }) => address)).toEqual(['b1:1']);
  });

  test('the next write continues the count of the broker', async () => {
    const { producer, sequences } = await aProducer([stored(0), stored(3)]);
    await producer.write(values, never);
    await producer.write(values, never);
    expect(sequences()).toEqual([0, 3]);
  });

  test('a write that the leader refused goes to the new one, under the same number', async () => {
    const { producer, writes, sequences } = await aProducer(
      [refused(noLeader), stored(9)],
      [aTopic({ leader: 2 })],
    );
    expect(await producer.write(values, never)).toEqual({ kind: 'acked', offset: 9 });
    expect(writes().map(({ address }) => address)).toEqual(['b1:1', 'b2:2']);
    expect(sequences()).toEqual([0, 0]);
  });

  test('a new leader is asked at once, the one that refused after a pause', async () => {
    const tookMs = async (next: { leader: number; epoch: number }) => {
      const { producer } = await aProducer([refused(noLeader), stored(9)], [aTopic(next)]);
      const from = performance.now();
      await producer.write(values, never);
      return performance.now() - from;
    };
    expect(await tookMs({ leader: 2, epoch: 1 })).toBeLessThan(leastPauseMs);
    expect(await tookMs({ leader: 1, epoch: 0 })).toBeGreaterThanOrEqual(leastPauseMs - 1); // timers round
  });

  test('a leader that cannot be reached is left for the one that follows', async () => {
    const { producer, writes } = await aProducer([stored(9)], [], {
      open: (_purpose, address) => (address === 'b1:1' ? new Promise(() => undefined) : Promise.resolve()),
      elected: aTopic({ leader: 2, epoch: 1 }),
    });
    expect(await producer.write(values, never)).toEqual({ kind: 'acked', offset: 9 });
    expect(writes().map(({ address }) => address)).toEqual(['b2:2']);
  });

  test('a write without an answer is tried again, under the same number', async () => {
    const { producer, sequences } = await aProducer([
      new NoAnswer('no answer', true),
      refused(timedOut),
      stored(7),
    ]);
    expect(await producer.write(values, never)).toEqual({ kind: 'acked', offset: 7 });
    expect(sequences()).toEqual([0, 0, 0]);
  });

  test('what the broker refused before storing it has surely failed', async () => {
    const { producer } = await aProducer([refused(tooLarge)]);
    expect(await producer.write(values, never)).toEqual({ kind: 'failed', error: 'MESSAGE_TOO_LARGE' });
  });

  test('a refusal after an attempt without an answer leaves it open', async () => {
    const { producer } = await aProducer([new NoAnswer('no answer', true), refused(outOfOrder)]);
    expect(await producer.write(values, never)).toEqual({
      kind: 'unknown',
      error: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    });
  });

  test('after an open outcome the broker’s count starts anew', async () => {
    const { producer, sequences, asked } = await aProducer([stored(0), refused(outOfOrder), stored(9)]);
    for (let write = 0; write < 3; write += 1) await producer.write(values, never);
    expect(sequences()).toEqual([0, 3, 0]);
    expect(asked.filter(({ api }) => api === 'InitProducerId')).toHaveLength(2);
  });

  test('a connection that could not be opened has carried nothing', async () => {
    const giveUp = new AbortController();
    const { producer } = await aProducer([() => (giveUp.abort(), new NoAnswer('refused', false))]);
    expect(await producer.write(values, giveUp.signal)).toEqual({ kind: 'failed', error: 'refused' });
  });

  test('giving up in the middle leaves the outcome open', async () => {
    const giveUp = new AbortController();
    const { producer } = await aProducer([() => (giveUp.abort(), new NoAnswer('no answer', true))]);
    expect(await producer.write(values, giveUp.signal)).toEqual({ kind: 'unknown', error: 'no answer' });
  });

  test('without idempotence no producer is named', async () => {
    const { producer, asked } = await aProducer([stored(0)], [], { idempotent: false });
    await producer.write(values, never);
    expect(asked.map(({ api }) => api)).toEqual(['Metadata', 'Produce']);
  });

  /**
   * A producer for partition 0, first led by broker 1, and the answers to its writes in order. `topics`: what is known after each of
   * them; `elected`: before the first.
   */
  async function aProducer(
    answers: unknown[],
    topics = [aTopic({ leader: 1 })],
    {
      idempotent = true,
      open,
      elected,
    }: { idempotent?: boolean; open?: Brokers['open']; elected?: Metadata } = {},
  ) {
    const later = [...topics];
    let current = aTopic({ leader: 1 });
    const brokers = fakeBrokers(({ api }) => {
      if (api === 'InitProducerId') return { errorCode: 0, id: 5, epoch: 0 };
      if (api === 'Metadata') return current;
      const next = answers.shift();
      current = later.shift() ?? current;
      return typeof next === 'function' ? (next as () => unknown)() : next;
    }, open);
    const routes = new Routes('drill', ['b1:1'], brokers);
    await routes.refresh();
    current = elected ?? current;
    const writes = () => brokers.asked.filter(({ api }) => api === 'Produce');
    return {
      producer: new PartitionProducer(0, {
        routes,
        connections: brokers,
        batcher: new Batcher('drill', brokers),
        ids: idempotent ? new ProducerIds(routes, brokers) : undefined,
      }),
      asked: brokers.asked,
      writes,
      sequences: () => writes().map(sequenceOf),
    };
  }

  /** The first sequence number in an encoded batch, which begins 12 bytes behind the topic's name. */
  function sequenceOf({ request }: Asked): number {
    const bytes = request.encode(1, 'test');
    const batch = bytes.indexOf('drill') + 'drill'.length + 12;
    return bytes.readInt32BE(batch + 53);
  }
});
