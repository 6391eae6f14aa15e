import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { runBundle } from './run-bundle.ts';

const root = new URL('../../../../', import.meta.url).pathname;
/** Each workflow that uses an action downloads it. */
const maxBytes = 3_000_000;
const maxStartMs = 500;

/** What everybody who uses an action waits for: the download of its bundle and its start. */
export async function expectQuickBundle(app: string): Promise<void> {
  const { size } = await stat(join(root, 'apps', app, 'dist/index.cjs'));
  expect(size).toBeLessThanOrEqual(maxBytes);
  const starts: number[] = [];
  // Others use this machine: the quickest of several is how long it takes by itself.
  while (starts.length < 10 && !(Math.min(...starts) <= maxStartMs)) {
    const { tookMs } = await runBundle(app, { inputs: { comment: 'maybe' } });
    starts.push(tookMs);
  }
  expect(Math.min(...starts)).toBeLessThanOrEqual(maxStartMs);
}

/** A tag's bundle can be built again by anybody who wants to know what is in it. */
export async function expectSameBytes(app: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-bundle-'));
  try {
    await promisify(execFile)(process.execPath, ['tools/bundle.mjs', `apps/${app}`, folder], { cwd: root });
    for (const file of ['index.cjs', 'licenses.txt']) {
      const built = await readFile(join(root, 'apps', app, 'dist', file));
      expect((await readFile(join(folder, file))).equals(built)).toBe(true);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
