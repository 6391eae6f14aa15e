import { describe, expect, test } from '@jest/globals';
import { aTopic, fakeBrokers } from '../testing.ts';
import { NoAnswer } from './connection.ts';
import { Routes } from './routes.ts';

describe('Routes', () => {
  test('leaders are known after the first answer', async () => {
    const routes = new Routes(
      'drill',
      ['any:9092'],
      fakeBrokers(() => aTopic({ leader: 1 }, { leader: 2 }, { leader: 1 })),
    );
    await routes.refresh();
    expect(routes.partitions).toBe(3);
    expect(routes.leaderOf(1)).toEqual({ broker: 2, address: 'b2:2', epoch: 0 });
    expect(routes.partitionsLedBy(1)).toEqual([0, 2]);
    expect(routes.leaders()).toHaveLength(2);
  });

  test('a partition without a leader has none, and keeps nobody else from having one', async () => {
    const routes = new Routes(
      'drill',
      ['any:9092'],
      fakeBrokers(() => aTopic({ leader: -1 }, { leader: 3 })),
    );
    await routes.refresh();
    expect(routes.leaderOf(0)).toBeNull();
    expect(routes.leaderOf(1)).toMatchObject({ broker: 3 });
  });

  test('old news from a broker that was cut off is not believed', async () => {
    const news = [
      aTopic({ leader: 2, epoch: 5 }),
      aTopic({ leader: 1, epoch: 4 }),
      aTopic({ leader: 3, epoch: 6 }),
    ];
    const routes = new Routes(
      'drill',
      ['any:9092'],
      fakeBrokers(() => news.shift()),
    );
    const seen = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await routes.refresh();
      seen.push(routes.leaderOf(0)?.broker);
    }
    expect(seen).toEqual([2, 2, 3]);
  });

  test('another broker is asked each time, also after one gave no answer', async () => {
    const brokers = fakeBrokers(({ address }) =>
      address === 'b2:2' ? new NoAnswer('silent', true) : aTopic({ leader: 1 }),
    );
    const routes = new Routes('drill', ['b1:1'], brokers);
    for (let turn = 0; turn < 6; turn += 1) await routes.refresh().catch(() => undefined);
    const addresses = brokers.asked.map(({ address }) => address);
    expect(new Set(addresses)).toEqual(new Set(['b1:1', 'b2:2', 'b3:3']));
    expect(addresses.every((address, turn) => address !== addresses[turn + 1] || turn === 0)).toBe(true);
  });

  test('a broker that is silent is not waited for, and one that refuses leads to the next', async () => {
    const silent = new Promise<never>(() => undefined);
    const answers = [silent, new NoAnswer('refused', false), aTopic({ leader: 3 })];
    const brokers = fakeBrokers(() => answers.shift());
    const routes = new Routes('drill', ['b1:1', 'b2:2', 'b3:3'], brokers);
    await routes.refresh();
    expect(routes.leaderOf(0)).toMatchObject({ broker: 3 });
    expect(brokers.asked).toHaveLength(3);
  });

  test('where no broker answers, it is said why', async () => {
    const routes = new Routes(
      'drill',
      ['b1:1', 'b2:2'],
      fakeBrokers(({ address }) => new NoAnswer(`${address} is silent`, true)),
    );
    await expect(routes.refresh()).rejects.toThrow('b2:2 is silent');
  });

  test('callers at the same time share one question', async () => {
    const brokers = fakeBrokers(() => aTopic({ leader: 1 }));
    const routes = new Routes('drill', ['b1:1'], brokers);
    await Promise.all([routes.refresh(), routes.refresh(), routes.refresh()]);
    expect(brokers.asked).toHaveLength(1);
  });

  test('a topic that is not there is told by name', async () => {
    const routes = new Routes(
      'drill',
      ['b1:1'],
      fakeBrokers(() => ({ ...aTopic(), errorCode: 3 })),
    );
    await expect(routes.refresh()).rejects.toThrow('topic drill: UNKNOWN_TOPIC_OR_PARTITION');
  });
});
