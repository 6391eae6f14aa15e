import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { deviceOf, fillVolume, limitLink } from './node-limits.ts';

describe('node limits', () => {
  test.each([
    [20 * 1024 ** 3, [`fallocate -l ${20 * 1024 ** 3 - 1024 ** 2} /mnt/volumes/kafka/.kafka-ha-ballast`]],
    [1024 ** 2, []],
  ])(
    'of %s bytes that are free, all but the last are allocated and those written',
    async (free, allocated) => {
      expect(await fill({ free, left: 0 })).toEqual([...allocated, 'cat /dev/zero']);
    },
  );

  test('a volume that cannot be filled is told', async () => {
    await expect(fill({ free: 2 * 1024 ** 2, left: 300 })).rejects.toThrow(
      '300 blocks of /mnt/volumes/kafka are still free',
    );
  });

  test('a cable is limited in bytes, and limited no more where it was', () => {
    expect(limitLink('eth0', 125_000)).toBe(
      '/sbin/tc qdisc replace dev eth0 root tbf rate 125000bps burst 32kb latency 400ms',
    );
    expect(limitLink('eth0', null)).toBe(
      'if /sbin/tc qdisc show dev eth0 | grep -q tbf; then /sbin/tc qdisc delete dev eth0 root; fi',
    );
  });

  test('a device has the number that the kernel knows it by', () => {
    expect(deviceOf(0x070a)).toBe('7:10');
    expect(deviceOf(0x10_0700)).toBe('7:256');
    expect(deviceOf(0xfe00)).toBe('254:0');
  });

  /** What the script runs, with doubles of all that touches a disk. */
  async function fill({ free, left }: { free: number; left: number }): Promise<string[]> {
    const root = await mkdtemp(join(tmpdir(), 'node-limits-'));
    const program = async (name: string, body: string) => {
      await writeFile(join(root, name), `#!/bin/sh\n${body}\n`);
      await chmod(join(root, name), 0o755);
    };
    const did = (name: string) => program(name, `echo "${name} $*" >> ${root}/did`);
    await program('stat', `case "$3" in %a) echo ${left} ;; *) echo '${free / 4096} * 4096' ;; esac`);
    await did('fallocate');
    await did('cat');
    try {
      const env = { PATH: `${root}:${process.env['PATH']}` };
      const script = fillVolume.replace(/>> \S+/, '');
      await promisify(execFile)('sh', ['-euc', script], { env });
      return (await readFile(join(root, 'did'), 'utf8')).trim().split('\n');
    } finally {
      await rm(root, { recursive: true });
    }
  }
});
