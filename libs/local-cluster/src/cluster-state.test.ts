import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { refuseOutside } from './cluster-state.ts';
import { refuseForeign } from './paths.ts';

let folder: string;

describe('cluster state', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kafka-ha-state-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  test("one's own directory that nobody else can write to, and one that is not there yet, are fine", async () => {
    await mkdir(join(folder, 'own'), { mode: 0o755 });
    expect(() => refuseForeign(join(folder, 'own'))).not.toThrow();
    expect(() => refuseForeign(join(folder, 'none'))).not.toThrow();
  });

  test("somebody else's directory is refused", () => {
    const somebody = (process.getuid?.() ?? 0) + 1;
    expect(() => refuseForeign(folder, somebody)).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining('belongs to the user') }),
    );
  });

  test.each([0o777, 0o1777, 0o775])(
    'a directory of mode %o is refused: others can write to it',
    async (mode) => {
      await chmod(folder, mode);
      expect(() => refuseForeign(folder)).toThrow(/can be written to by others/);
    },
  );

  test("a link is refused, also one to one's own directory", async () => {
    const link = join(folder, 'link');
    await symlink(folder, link);
    expect(() => refuseForeign(link)).toThrow(/is no directory/);
  });

  test('a state that names anything outside the cache is refused', () => {
    const builds = {
      tree: '/cache/kafka-ha/tree-1',
      store: '/cache/kafka-ha/store-1',
      programs: '/cache/kafka-ha/p',
    };
    expect(() => refuseOutside('/cache/kafka-ha', builds)).not.toThrow();
    for (const outside of [
      '/tmp/evil',
      '/cache/kafka-ha/../evil',
      '/cache/kafka-ha-evil',
      '/cache/kafka-ha',
      'evil',
    ])
      expect(() => refuseOutside('/cache/kafka-ha', { ...builds, store: outside })).toThrow(
        expect.objectContaining({ code: 'conflict' }),
      );
  });
});
