import { describe, expect, test } from '@jest/globals';
import { readGroups } from './index.ts';
import { FakeBrokers } from './testing/fake-brokers.ts';
import { produce } from './produce.ts';

const { signal } = new AbortController();

describe('readGroups', () => {
  test('a group is told with its state, its members and how far behind it is, per topic', async () => {
    const brokers = await twoGroups();
    using client = brokers.client();
    expect(await readGroups(client)).toEqual([
      {
        group: 'audit',
        state: 'Empty',
        members: 0,
        topics: [{ topic: 'events', lag: 0, partitions: [{ partition: 0, committed: 3, end: 3, lag: 0 }] }],
      },
      {
        group: 'billing',
        state: 'Stable',
        members: 1,
        topics: [
          {
            topic: 'events',
            lag: 2,
            partitions: [{ partition: 0, committed: 1, end: 3, lag: 2 }],
          },
          { topic: 'gone', lag: null, partitions: [{ partition: 0, committed: 5, end: null, lag: null }] },
        ],
      },
    ]);
  });

  test('what the brokers do not tell of a group is left open, instead of calling it dead', async () => {
    const brokers = await twoGroups('Dead');
    using client = brokers.client();
    expect(await readGroups(client)).toContainEqual(
      expect.objectContaining({ group: 'billing', state: null, members: null }),
    );
  });

  test('where there is no group, there is none', async () => {
    using client = new FakeBrokers([0, 1], { events: [[0]] }).client();
    expect(await readGroups(client)).toEqual([]);
  });

  async function twoGroups(state = 'Stable'): Promise<FakeBrokers> {
    const brokers = new FakeBrokers([0, 1], { events: [[0]] });
    using client = brokers.client();
    const records = ['a', 'b', 'c'].map((value) => ({ key: null, value, headers: {} }));
    await produce(client, { topic: 'events', batches: [records], signal });
    brokers.groups.set('billing', { state, offsets: new Map() });
    brokers.commit('billing', 'events', 0, 1);
    brokers.commit('billing', 'gone', 0, 5);
    brokers.commit('audit', 'events', 0, 3);
    return brokers;
  }
});
