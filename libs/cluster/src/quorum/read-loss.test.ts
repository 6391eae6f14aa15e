import { describe, expect, test } from '@jest/globals';
import { FakeKraft } from '../testing/kraft-nodes.ts';
import { askControllers } from './ask-controllers.ts';
import { lossIn } from './read-loss.ts';

const read = async (kraft: FakeKraft, ordinal = 0) =>
  lossIn(await askControllers(kraft.nodes, [0, 1, 2]), ordinal);

/** Controller 0 is away. */
function aLoss(): FakeKraft {
  const kraft = new FakeKraft();
  kraft.cluster.down.add(1_000);
  kraft.replicas.set(1_000, { fetchedAt: 90_000, caughtUpAt: 90_000 });
  return kraft;
}

describe('read loss', () => {
  test('with the other two whole nothing is lost without the third', async () => {
    expect(await read(aLoss())).toEqual({ answers: false, isWhole: false, othersLack: undefined });
  });

  test.each([
    ['has not had all for two seconds', { fetchedAt: 99_900, caughtUpAt: 98_000 }],
    ['ends before what is decided', { fetchedAt: 99_900, caughtUpAt: 99_900, logEndOffset: 49 }],
  ])('where the second %s, the third may be the only one beside the active to know', async (_, replica) => {
    const kraft = aLoss();
    kraft.replicas.set(1_002, replica);
    expect(await read(kraft)).toMatchObject({
      othersLack: 'of the other 2 controllers 1 have all that the active one has, and 2 must',
    });
  });

  test('without an active controller nobody knows', async () => {
    const kraft = aLoss();
    kraft.activeIn = [null, null, null];
    expect(await read(kraft)).toMatchObject({ isWhole: false, othersLack: 'no controller is active' });
  });

  test('one that answers has a volume, and is whole once it has all', async () => {
    const kraft = new FakeKraft();
    expect(await read(kraft)).toMatchObject({ answers: true, isWhole: true });
    expect(await read(kraft, 1)).toMatchObject({ answers: true, isWhole: true });
    kraft.replicas.set(1_000, { fetchedAt: 99_900, caughtUpAt: -1 });
    expect(await read(kraft)).toMatchObject({ answers: true, isWhole: false });
  });
});
