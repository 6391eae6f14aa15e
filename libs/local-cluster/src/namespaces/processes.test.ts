import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from './processes.ts';

let directory: string;

describe('processes', () => {
  beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'kafka-ha-proc-'))));
  afterEach(() => rm(directory, { recursive: true }));

  const sleeping = '4242 (a (b) c) S 1 4242 4242 0 -1 4194560 84 0';
  const ofTheKernel = '2 (kthreadd) S 0 0 0 0 -1 2129984 0 0';

  test('a process that is becoming another program is read again', async () => {
    await writeFile(join(directory, 'environ'), '');
    await writeFile(join(directory, 'stat'), sleeping);
    const reading = readEnvironment(directory);
    await sleep(30);
    await writeFile(join(directory, 'environ'), 'A=1\0');
    expect(await reading).toBe('A=1\0');
  });

  test('threads of the kernel and processes that have ended have none, and are not waited for', async () => {
    await writeFile(join(directory, 'environ'), '');
    await writeFile(join(directory, 'stat'), ofTheKernel);
    expect(await readEnvironment(directory)).toBe('');
    await writeFile(join(directory, 'stat'), sleeping.replace(' S ', ' Z '));
    expect(await readEnvironment(directory)).toBe('');
    expect(await readEnvironment(join(directory, 'gone'))).toBe('');
  });

  test('the environment of this process is what the kernel says', async () => {
    expect(await readEnvironment('/proc/self')).toBe(await readFile('/proc/self/environ', 'utf8'));
  });
});
