import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { artefact, ensureBuilt, isBuilt } from './artefact.ts';

const context = { say: () => undefined, log: '/dev/null', signal: new AbortController().signal };

let cache: string;

describe('artefact', () => {
  beforeEach(() => {
    process.env['XDG_CACHE_HOME'] = mkdtempSync(join(tmpdir(), 'artefact-'));
    cache = join(process.env['XDG_CACHE_HOME'], 'kafka-ha');
  });

  const inCache = () => readdirSync(cache).filter((entry) => entry !== 'locks');

  test('what was built once is not built again, and other inputs make another', async () => {
    let builds = 0;
    const anArtefact = (version: number) =>
      artefact('thing', [version], async (_, directory) => {
        builds += 1;
        await writeFile(join(directory, 'file'), `version ${version}`);
      });
    expect(isBuilt(anArtefact(1))).toBe(false);
    for (const version of [1, 1, 2]) await ensureBuilt(context, anArtefact(version));
    expect(builds).toBe(2);
    expect(isBuilt(anArtefact(1))).toBe(true);
    expect(readFileSync(join(anArtefact(2).path, 'file'), 'utf8')).toBe('version 2');
  });

  test('nobody sees an artefact before it is whole', async () => {
    const slow = artefact('slow', [], async (_, directory) => {
      await writeFile(join(directory, 'half'), '');
      expect(existsSync(slow.path)).toBe(false);
      await writeFile(join(directory, 'whole'), '');
    });
    await ensureBuilt(context, slow);
    expect(readdirSync(slow.path)).toEqual(['half', 'whole']);
  });

  test('a build that fails leaves nothing, and the next one is made from the start', async () => {
    let failing = true;
    const shaky = artefact('shaky', [], async (_, directory) => {
      expect(readdirSync(directory)).toEqual([]);
      await writeFile(join(directory, 'file'), '');
      if (failing) throw new Error('no network');
    });
    await expect(ensureBuilt(context, shaky)).rejects.toThrow('no network');
    expect(inCache()).toEqual([]);
    failing = false;
    await ensureBuilt(context, shaky);
    expect(isBuilt(shaky)).toBe(true);
  });

  test('of two that want the same at once, one builds and the other waits', async () => {
    let builds = 0;
    const shared = artefact('shared', [], async () => {
      builds += 1;
      await sleep(100);
    });
    await Promise.all([ensureBuilt(context, shared), ensureBuilt(context, shared)]);
    expect(builds).toBe(1);
  });
});
