import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { runBundle } from './run-bundle.ts';

const exec = promisify(execFile);
const root = new URL('../../../../', import.meta.url).pathname;
/** Each workflow that uses an action downloads it. */
const maxBytes = 3_000_000;
/** Five, as measured, and some more: how many times the CPU that Node itself takes to start. */
const maxStarts = 8;

/** What everybody who uses an action waits for: the download of its bundle and its start, up to an input that it refuses. */
export async function expectQuickBundle(
  app: string,
  refused: Record<string, string> = { comment: 'maybe' },
): Promise<void> {
  const { size } = await stat(join(root, 'apps', app, 'dist/index.cjs'));
  expect(size).toBeLessThanOrEqual(maxBytes);
  const ratios: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const bare = await startMs((env) =>
      exec(process.execPath, ['-e', ''], { env: { ...process.env, ...env } }),
    );
    const ours = await startMs(async (env) => {
      const { outputs } = await runBundle(app, { inputs: refused, env });
      expect(outputs['error']).toBe('invalid-usage');
    });
    ratios.push(ours / bare);
  }
  expect(Math.min(...ratios)).toBeLessThanOrEqual(maxStarts);
}

/** A process from its start to its end, in CPU time: others use this machine too, and a bundle that refuses an input waits for nothing. */
async function startMs(run: (env: Record<string, string>) => Promise<unknown>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-start-'));
  try {
    const told = join(folder, 'cpu');
    const hook = join(folder, 'hook.cjs');
    await writeFile(
      hook,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.cpuUsage())));`,
    );
    await run({ NODE_OPTIONS: `--require=${hook}` });
    const { user, system } = JSON.parse(await readFile(told, 'utf8')) as { user: number; system: number };
    return (user + system) / 1000;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A tag's bundle can be built again by anybody who wants to know what is in it. */
export async function expectSameBytes(app: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-bundle-'));
  try {
    await exec(process.execPath, ['tools/bundle.mjs', `apps/${app}`, folder], { cwd: root });
    for (const file of ['index.cjs', 'licenses.txt']) {
      const built = await readFile(join(root, 'apps', app, 'dist', file));
      expect((await readFile(join(folder, file))).equals(built)).toBe(true);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
