import { describe, expect, test } from '@jest/globals';
import { refuseOtherVolumes } from './back-steps.ts';

describe('refuseOtherVolumes', () => {
  test('brokers whose volumes are as ZooKeeper mode has them can go back', async () => {
    await expect(refused(['version=0\nbroker.id=0', 'broker.id=1\nversion=0\n'])).resolves.toBeUndefined();
  });

  test('each volume of another version is named, and one that has none', async () => {
    await expect(refused(['version=0', 'version=1\nnode.id=1', 'node.id=2'])).rejects.toMatchObject({
      code: 'conflict',
      details: ['the volume of broker 1 is of version 1', 'the volume of broker 2 is of version none'],
      hint: expect.stringContaining('Nothing was changed.'),
    });
  });

  /** With the text of each broker's meta.properties. */
  function refused(texts: readonly string[]): Promise<void> {
    return refuseOtherVolumes([...texts.keys()], (id) => async (command) => {
      expect(command.at(-1)).toMatch(/^cat .*\/meta\.properties$/);
      return texts[id] ?? '';
    });
  }
});
