import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { limitDisk } from './cgroups.ts';

/** Stands for where the kernel's control groups are mounted. */
let groups: string;

describe('limit disk', () => {
  beforeEach(async () => {
    groups = await mkdtemp(join(tmpdir(), 'cgroups-'));
  });

  afterEach(() => rm(groups, { recursive: true }));

  const limit = (bytesPerSecond: number | null) =>
    limitDisk('dev', 'node-1', { device: '7:3', bytesPerSecond }, groups);

  test('with version 2 the group of the node is limited', async () => {
    await file('kafka-ha-dev/node-1/io.max');
    await limit(1_000);
    expect(await read('kafka-ha-dev/node-1/io.max')).toBe('7:3 rbps=1000 wbps=1000');
    await limit(null);
    expect(await read('kafka-ha-dev/node-1/io.max')).toBe('7:3 rbps=max wbps=max');
  });

  test('with version 1 each group of its pods is, and that to which later writes count', async () => {
    const ofNode = ['blkio', 'blkio/kafka-ha-dev/node-1', 'blkio/kafka-ha-dev/node-1/kubepods/pod-a'];
    for (const group of ofNode) await file(`${group}/blkio.throttle.write_bps_device`);
    await file('blkio/blkio.throttle.read_bps_device');
    await limit(1_000);
    for (const group of ofNode)
      for (const way of ['read', 'write'])
        expect(await read(`${group}/blkio.throttle.${way}_bps_device`)).toBe('7:3 1000');
    await limit(null);
    expect(await read(`${ofNode[2]}/blkio.throttle.write_bps_device`)).toBe('7:3 0');
  });

  test('where the kernel can limit nothing that is told, and there is nothing to undo', async () => {
    await expect(limit(1_000)).rejects.toMatchObject({ code: 'invalid-usage' });
    await limit(null);
  });

  async function file(path: string): Promise<void> {
    await mkdir(dirname(join(groups, path)), { recursive: true });
    await writeFile(join(groups, path), '');
  }

  function read(path: string): Promise<string> {
    return readFile(join(groups, path), 'utf8');
  }
});
