import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';

const programs = new URL('../../../../tools/programs.mjs', import.meta.url).pathname;
const { prometheusPrograms } = (await import(programs)) as { prometheusPrograms: string };

/** Where `tools/test.mjs` has it unpacked, or wherever else it is. */
const promtool = [join(prometheusPrograms, 'promtool'), 'promtool'].find(
  (path) => spawnSync(path, ['--version']).status === 0,
);
if (promtool === undefined)
  console.warn(
    'The tests of alerts and queries are skipped: there is no promtool, which Debian has in its package prometheus.',
  );

export const hasPromtool = promtool !== undefined;

/** Runs it on the first of these files, beside the others; fails with what it says. */
export function runPromtool(command: readonly string[], files: Readonly<Record<string, string>>): void {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const [file = ''] = Object.keys(files);
    const { status, stdout, stderr } = spawnSync(promtool ?? '', [...command, file], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, status === 0 ? '' : `${stdout}${stderr}`]).toEqual([0, '']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
