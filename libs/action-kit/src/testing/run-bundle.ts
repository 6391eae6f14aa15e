import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../../../', import.meta.url).pathname;

export type BundleOptions = {
  /** As under `with:`; those that are left out have the default of no action.yml. */
  inputs?: Record<string, string>;
  env?: Record<string, string>;
  /** What triggered the workflow, as GitHub tells it. */
  event?: unknown;
  cwd?: string;
  /** What the runner starts; by default the app's bundle. */
  main?: string;
  /** May send a signal when the action has said something, as the runner does when a run is cancelled. */
  onOutput?: (log: string, kill: (signal: NodeJS.Signals) => void) => void;
};

export type BundleResult = {
  exitCode: number | null;
  /** Everything that it wrote, the runner's commands included. */
  log: string;
  outputs: Record<string, string>;
  summary: string;
  tookMs: number;
};

/** Runs an action's bundle as GitHub's runner does: as a process, with its files for outputs and summary. */
export async function runBundle(app: string, options: BundleOptions = {}): Promise<BundleResult> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-action-'));
  const file = (name: string) => join(folder, name);
  try {
    for (const name of ['output', 'summary', 'state', 'env', 'path']) await writeFile(file(name), '');
    await writeFile(file('event.json'), JSON.stringify(options.event ?? {}));
    const inputs = Object.entries(options.inputs ?? {}).map(([name, value]) => [
      `INPUT_${name.toUpperCase()}`,
      value,
    ]);
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_STATE: file('state'),
      GITHUB_ENV: file('env'),
      GITHUB_PATH: file('path'),
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_REPOSITORY: 'octo/kafka',
      GITHUB_RUN_ID: '4711',
      ...(Object.fromEntries(inputs) as Record<string, string>),
      ...options.env,
    };
    const started = performance.now();
    const { exitCode, log } = await run(
      options.main ?? join(root, 'apps', app, 'dist/index.cjs'),
      env,
      options,
    );
    return {
      exitCode,
      log,
      outputs: parseOutputs(await readFile(file('output'), 'utf8')),
      summary: await readFile(file('summary'), 'utf8'),
      tookMs: performance.now() - started,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(
  bundle: string,
  env: NodeJS.ProcessEnv,
  { cwd = root, onOutput }: BundleOptions,
): Promise<{ exitCode: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    const hear = (chunk: Buffer) => {
      log += chunk.toString();
      onOutput?.(log, (signal) => child.kill(signal));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, log }));
  });
}

/** `name<<delimiter`, the value's lines, the delimiter. Of several with one name the last counts. */
function parseOutputs(text: string): Record<string, string> {
  const entries = [...text.matchAll(/^([^\n]+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(entries.map(([, name = '', , value = '']) => [name, value]));
}
