import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceClusterFile } from './replace-cluster-file.ts';

let folder = '';
let file = '';

describe('replaceClusterFile', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cluster-file-'));
    file = join(folder, 'cluster.yaml');
    await writeFile(file, 'brokers: 5\n');
  });

  afterEach(() => rm(folder, { recursive: true }));

  test('the new text takes the place of the old one, with its mode', async () => {
    await chmod(file, 0o640);
    const { ino } = await stat(file);
    await replaceClusterFile(file, 'brokers: 5\n', 'brokers: 6\n');
    expect(await readFile(file, 'utf8')).toBe('brokers: 6\n');
    const after = await stat(file);
    expect(after.mode & 0o777).toBe(0o640);
    // Another file: nobody who read the old one in the middle saw a part of the new.
    expect(after.ino).not.toBe(ino);
    expect(await readdir(folder)).toEqual(['cluster.yaml']);
  });

  test('a file that somebody has changed since is left as it is', async () => {
    await writeFile(file, 'brokers: 7\n');
    await expect(replaceClusterFile(file, 'brokers: 5\n', 'brokers: 6\n')).rejects.toMatchObject({
      code: 'conflict',
      message: `${file} has changed since it was read, and was left as it is`,
    });
    expect(await readFile(file, 'utf8')).toBe('brokers: 7\n');
    expect(await readdir(folder)).toEqual(['cluster.yaml']);
  });

  test('a link stays one', async () => {
    const link = join(folder, 'link.yaml');
    await symlink('cluster.yaml', link);
    await replaceClusterFile(link, 'brokers: 5\n', 'brokers: 6\n');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(file, 'utf8')).toBe('brokers: 6\n');
  });

  test('a text that stays is not written', async () => {
    const { mtimeMs } = await stat(file);
    await replaceClusterFile(file, 'brokers: 5\n', 'brokers: 5\n');
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  });
});
