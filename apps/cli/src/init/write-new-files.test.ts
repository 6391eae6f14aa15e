import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeNewFiles } from './write-new-files.ts';

let folder: string;

describe('writeNewFiles', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kafka-ha-new-files-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const files = [
    { path: 'kafka-ha.yaml', text: 'name: events\n' },
    { path: 'workflows/plan.yml', text: 'name: plan\n' },
  ];

  test('files are written into a folder that may be new, and nothing else is left there', async () => {
    await writeNewFiles(join(folder, 'my-kafka'), files);
    expect(await readdir(folder, { recursive: true })).toEqual(
      expect.arrayContaining(['my-kafka/kafka-ha.yaml', 'my-kafka/workflows/plan.yml']),
    );
    expect(await readdir(join(folder, 'my-kafka'))).toEqual(['kafka-ha.yaml', 'workflows']);
    expect(await readFile(join(folder, 'my-kafka/kafka-ha.yaml'), 'utf8')).toBe('name: events\n');
  });

  test('where some exist, also as links that lead nowhere, they are named and none is written', async () => {
    await writeFile(join(folder, 'kafka-ha.yaml'), 'mine');
    await symlink('nowhere', join(folder, 'other.yml'));
    await expect(writeNewFiles(folder, [...files, { path: 'other.yml', text: '' }])).rejects.toMatchObject({
      code: 'conflict',
      message: 'kafka-ha.yaml, other.yml exist already',
    });
    expect(await readFile(join(folder, 'kafka-ha.yaml'), 'utf8')).toBe('mine');
    expect((await readdir(folder)).sort()).toEqual(['kafka-ha.yaml', 'other.yml']);
  });

  test('where one cannot be, those before it are taken back', async () => {
    const twice = [...files, { path: 'kafka-ha.yaml', text: 'another' }];
    await expect(writeNewFiles(folder, twice)).rejects.toMatchObject({ code: 'invalid-usage' });
    expect(await readdir(folder, { recursive: true })).toEqual(['workflows']);
  });

  test('a folder that is none is refused with its name', async () => {
    await writeFile(join(folder, 'taken'), '');
    await expect(writeNewFiles(join(folder, 'taken'), files)).rejects.toMatchObject({
      code: 'invalid-usage',
      message: expect.stringContaining(`cannot write to ${join(folder, 'taken')}: `),
    });
  });
});
