import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { readBackup, writeBackup } from './backup.ts';

const spec = aSpec();
const backup = { cluster: 'kafka/events', takenAt: 'then', znodes: { '/cluster/id': '{}' } };
let folder: string;

describe('backup', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backup-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('it is for its owner alone, and read again as it was', async () => {
    const file = join(folder, 'backup.json');
    await writeBackup(file, backup);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readBackup(file, spec)).toEqual(backup);
  });

  test('one that is there is kept', async () => {
    const file = join(folder, 'backup.json');
    await writeFile(file, 'something');
    await expect(writeBackup(file, backup)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readFile(file, 'utf8')).toBe('something');
  });

  test('a file that is not there is none; one of another cluster, or of something else, is refused', async () => {
    expect(await readBackup(join(folder, 'none.json'), spec)).toBeUndefined();
    const file = join(folder, 'other.json');
    await writeBackup(file, { ...backup, cluster: 'kafka/other' });
    await expect(readBackup(file, spec)).rejects.toMatchObject({ code: 'invalid-usage' });
    await writeFile(join(folder, 'text'), 'something');
    await expect(readBackup(join(folder, 'text'), spec)).rejects.toMatchObject({ code: 'invalid-usage' });
  });
});
