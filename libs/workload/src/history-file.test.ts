import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openHistoryFile } from './history-file.ts';

describe('history file', () => {
  test('a history is there as soon as it is told, and the load waits until it was taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'history-'));
    const path = join(folder, 'lines');
    const { print, taken } = openHistoryFile(path);
    print('{"n":0}\n');
    print('{"n":1,"reason":"é"}\n');
    expect(await readFile(path, 'utf8')).toBe('{"n":0}\n{"n":1,"reason":"é"}\n');
    let isTaken = false;
    const waiting = taken().then(() => (isTaken = true));
    await sleep(500);
    expect(isTaken).toBe(false);
    await rm(path);
    await waiting;
    await rm(folder, { recursive: true });
  });
});
