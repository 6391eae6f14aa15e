import { describe, expect, test } from '@jest/globals';
import { fakeBrokers } from '../testing.ts';
import { Batcher } from './batcher.ts';
import { NoAnswer } from './connection.ts';

const first = { id: 5, epoch: 0 };
const answerTo = (...partitions: number[]) =>
  partitions.map((partition) => ({ partition, errorCode: 0, offset: 100 + partition }));

describe('Batcher', () => {
  test('what falls due at the same time for one broker goes in one request, and each gets its own answer', async () => {
    const brokers = fakeBrokers(() => answerTo(7, 3));
    const batcher = new Batcher('drill', brokers);
    const answers = await Promise.all(
      [3, 7].map((partition) => batcher.send('b1:1', batchOf(partition), first)),
    );
    expect(answers.map(({ offset }) => offset)).toEqual([103, 107]);
    expect(brokers.asked).toHaveLength(1);
  });

  test('another broker, another producer and another moment have requests of their own', async () => {
    const brokers = fakeBrokers(() => answerTo(0, 1, 2));
    const batcher = new Batcher('drill', brokers);
    await Promise.all([
      batcher.send('b1:1', batchOf(0), first),
      batcher.send('b2:2', batchOf(1), first),
      batcher.send('b1:1', batchOf(2), { id: 6, epoch: 0 }),
    ]);
    await batcher.send('b1:1', batchOf(0), first);
    expect(brokers.asked.map(({ address }) => address)).toEqual(['b1:1', 'b2:2', 'b1:1', 'b1:1']);
  });

  test('a broker that does not answer has answered none of them', async () => {
    const batcher = new Batcher(
      'drill',
      fakeBrokers(() => new NoAnswer('silent', true)),
    );
    const outcomes = await Promise.allSettled([0, 1].map((id) => batcher.send('b1:1', batchOf(id), first)));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'silent', arrived: true } });
  });

  test('an answer that leaves a partition out is none for that one', async () => {
    const batcher = new Batcher(
      'drill',
      fakeBrokers(() => answerTo(0)),
    );
    const [there, missing] = await Promise.allSettled(
      [0, 1].map((id) => batcher.send('b1:1', batchOf(id), first)),
    );
    expect(there).toMatchObject({ status: 'fulfilled' });
    expect(missing).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('partition 1') },
    });
  });

  function batchOf(partition: number) {
    return { partition, values: [Buffer.from('a')], sequence: 0 };
  }
});
