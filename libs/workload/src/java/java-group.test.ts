import { describe, expect, test } from '@jest/globals';
import { type JavaGroup, javaGroup } from './java-group.ts';

const signal = AbortSignal.timeout(10_000);

describe('javaGroup', () => {
  test('it is formed once all are in one generation and have every partition', async () => {
    const group = javaGroup(2);
    let isFormed = false;
    const { asked, jvm } = aJvm();
    const forming = group.form('drill-group', jvm, 4, signal).then((members) => {
      isFormed = true;
      return members;
    });
    // The second one joins, and the first has not heard of it yet: then the group is formed anew, and once more.
    joins(group, 0, 1, [0, 1, 2, 3]);
    joins(group, 1, 2, []);
    await quiet();
    expect(isFormed).toBe(false);
    joins(group, 0, 2, [0, 1]);
    await quiet();
    expect(isFormed).toBe(false);
    joins(group, 0, 3, [0, 1]);
    joins(group, 1, 3, [2, 3]);
    expect((await forming).map(({ partitions }) => partitions)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(asked).toEqual(['join 0 drill-group', 'join 1 drill-group']);
  });

  test('one that does not form is given up', async () => {
    const forming = javaGroup(1).form('drill-group', aJvm().jvm, 1, AbortSignal.timeout(50));
    await expect(forming).rejects.toThrow('did not form their group drill-group in time');
  });

  test('what a member keeps when its group is formed anew it goes on with', async () => {
    const group = javaGroup(1);
    joins(group, 0, 1, [0, 1]);
    const [member] = await group.form('drill-group', aJvm().jvm, 2, signal);
    for (const partition of [0, 1])
      group.hear({ kind: 'read', member: 0, partition, offset: 6, epoch: 1, value: Buffer.from('a') });
    joins(group, 0, 2, [1]);
    expect([...(member?.positions ?? [])]).toEqual([[1, 7]]);
  });

  test('a commit says how far it went, also where it failed', async () => {
    const answers = [['0:7,1:9'], [''], ['0:8', 'RetriableCommitFailedException:', 'gone']];
    const group = javaGroup(1);
    joins(group, 0, 1, [0, 1]);
    const { jvm } = aJvm((command) => (command === 'commit 0' ? answers.shift() : []));
    const [member] = await group.form('drill-group', jvm, 2, signal);
    expect(await member?.commit()).toEqual({
      offsets: [
        [0, 7],
        [1, 9],
      ],
    });
    expect(await member?.commit()).toEqual({ offsets: [] });
    expect(await member?.commit()).toEqual({
      offsets: [[0, 8]],
      error: 'RetriableCommitFailedException: gone',
    });
  });

  function joins(group: JavaGroup, member: number, generation: number, partitions: number[]): void {
    group.hear({ kind: 'joined', member, generation, partitions });
  }

  function aJvm(answer: (command: string) => string[] | undefined = () => []) {
    const asked: string[] = [];
    const jvm = {
      ask: async (...command: (string | number)[]) => {
        asked.push(command.join(' '));
        return answer(command.join(' ')) ?? [];
      },
    };
    return { asked, jvm };
  }

  /** Longer than the group is looked at anew. */
  async function quiet(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
});
