import { describe, expect, test } from '@jest/globals';
import { FakeKraft } from '../testing/kraft-nodes.ts';
import { askControllers } from './ask-controllers.ts';
import { serversOf } from './read-controllers.ts';

const read = async (kraft: FakeKraft, ordinals = [0, 1, 2]) =>
  serversOf(await askControllers(kraft.nodes, ordinals));

describe('readControllers', () => {
  test('the active controller counts who has all, and says it of each', async () => {
    expect(await read(new FakeKraft())).toEqual([
      { ordinal: 0, mode: 'follower', behindMs: 100 },
      { ordinal: 1, mode: 'leader', syncedFollowers: 2 },
      { ordinal: 2, mode: 'follower', behindMs: 100 },
    ]);
  });

  test('one that has for two seconds not had all is not in sync', async () => {
    const kraft = new FakeKraft();
    kraft.replicas.set(1_000, { fetchedAt: 99_900, caughtUpAt: 98_000 });
    kraft.replicas.set(1_002, { fetchedAt: 99_900, caughtUpAt: 98_001 });
    expect(await read(kraft)).toEqual([
      { ordinal: 0, mode: 'follower', behindMs: 2_000 },
      { ordinal: 1, mode: 'leader', syncedFollowers: 1 },
      { ordinal: 2, mode: 'follower', behindMs: 1_999 },
    ]);
  });

  test('one that has never had all since the election is behind, without a time', async () => {
    const kraft = new FakeKraft();
    kraft.replicas.set(1_000, { fetchedAt: 99_900, caughtUpAt: -1 });
    expect(await read(kraft)).toMatchObject([
      { mode: 'follower', behindMs: null },
      { syncedFollowers: 1 },
      { mode: 'follower' },
    ]);
  });

  test('the one that is away is said to be, and the quorum goes on', async () => {
    const kraft = new FakeKraft();
    kraft.cluster.down.add(1_002);
    kraft.replicas.set(1_002, { fetchedAt: 90_000, caughtUpAt: 90_000 });
    expect(await read(kraft)).toMatchObject([
      { mode: 'follower' },
      { mode: 'leader', syncedFollowers: 1 },
      { mode: 'unreachable', reason: expect.stringContaining('ECONNREFUSED') },
    ]);
  });

  test('without a quorum all are looking', async () => {
    const kraft = new FakeKraft();
    kraft.activeIn = [null, null, null];
    expect((await read(kraft)).map(({ mode }) => mode)).toEqual(['looking', 'looking', 'looking']);
  });

  test('an active controller that a majority has left is none', async () => {
    const kraft = new FakeKraft();
    for (const id of [1_000, 1_002]) kraft.replicas.set(id, { fetchedAt: 98_000, caughtUpAt: 98_000 });
    kraft.activeIn = [null, 1_001, null];
    expect(await read(kraft)).toMatchObject([
      { mode: 'looking' },
      { mode: 'looking', reason: 'it was the active controller, and no majority follows it' },
      { mode: 'looking' },
    ]);
  });

  test('of two that take themselves for the active one, the one elected last is', async () => {
    const kraft = new FakeKraft();
    kraft.activeIn = [1_002, 1_001, 1_002];
    kraft.epochOf = (id) => (id === 1_002 ? 8 : 7);
    expect((await read(kraft)).map(({ mode }) => mode)).toEqual(['follower', 'looking', 'leader']);
  });

  test('one that has just been elected, and does not know yet what is decided, is not active yet', async () => {
    const kraft = new FakeKraft();
    kraft.highWatermark = -1;
    expect((await read(kraft))[1]).toMatchObject({ mode: 'looking' });
  });

  test('where the active one is not asked, the others follow it', async () => {
    expect(await read(new FakeKraft(), [0, 2])).toEqual([
      { ordinal: 0, mode: 'follower' },
      { ordinal: 2, mode: 'follower' },
    ]);
  });
});
