import { describe, expect, test } from '@jest/globals';
import { makePlan } from '@kafka-ha/operations';
import { newer, newerBinaries, older, upgradeUnderTest } from './upgrade-under-test.ts';

const minute = 60_000;
const { change, expectUnharmed, running, withVersions } = upgradeUnderTest();

describe('upgrade', () => {
  test('the protocol is not raised before the binaries', async () => {
    await expect(change(newer)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('needs every broker to run Kafka 3.9'),
    });
    expect(await running()).toEqual({ brokers: Array(3).fill('3.8.1 3.8'), servers: Array(3).fill('3.8.6') });
  });

  test(
    'ZooKeeper is upgraded first, then the binaries of the brokers, which keep their protocol',
    async () => {
      const plan = await makePlan(await withVersions(newerBinaries));
      expect(plan.restarts.map(({ component }) => component)).toEqual([
        ...Array<string>(3).fill('zookeeper'),
        ...Array<string>(3).fill('kafka'),
      ]);
      await change(newerBinaries);
      expect(await running()).toEqual({
        brokers: Array(3).fill('3.9.2 3.8'),
        servers: Array(3).fill('3.9.5'),
      });
    },
    5 * minute,
  );

  test(
    'until the protocol is raised there is a way back for the brokers, and none for ZooKeeper',
    async () => {
      await expect(change({ ...older, zookeeper: '3.8.6' })).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('what 3.9.5 has written'),
      });
      await change(older);
      expect(await running()).toEqual({
        brokers: Array(3).fill('3.8.1 3.8'),
        servers: Array(3).fill('3.9.5'),
      });
    },
    5 * minute,
  );

  test(
    'the protocol is raised in a step of its own, and then there is no way back',
    async () => {
      await change(newerBinaries);
      await change(newer);
      expect(await running()).toMatchObject({ brokers: Array(3).fill('3.9.2 3.9') });
      await expect(change(newerBinaries)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('it cannot be lowered to 3.8'),
      });
      await expect(change(older)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('there is no way back'),
      });
    },
    8 * minute,
  );

  test(
    'whoever wrote meanwhile has lost nothing',
    async () => {
      await expectUnharmed();
    },
    5 * minute,
  );
});
