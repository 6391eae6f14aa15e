import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = new URL('../../../../', import.meta.url).pathname;
const exec = promisify(execFile);

export type WorkflowRunOptions = {
  /** The repository's folder: see `copyOfRepository`. */
  folder: string;
  event: 'merge_group' | 'pull_request' | 'pull_request_target' | 'push' | 'schedule' | 'workflow_dispatch';
  workflow: string;
  job?: string;
  payload?: unknown;
  /** GitHub's API. */
  apiUrl: string;
  secrets?: Record<string, string>;
  variables?: Record<string, string>;
  /** Folders of this machine for what is used of other repositories, by `owner/name@ref`. */
  repositories?: Record<string, string>;
  /** What the steps find in their environment besides. */
  env?: Record<string, string>;
};

export type WorkflowResult = { exitCode: number | null; log: string };

/** Runs a workflow on this machine as it would be run on GitHub: every step is real but those of `tools/stand-ins`. */
export async function runWorkflow(options: WorkflowRunOptions): Promise<WorkflowResult> {
  const { folder, event, workflow, job, payload = {}, apiUrl, secrets = {}, variables = {} } = options;
  const repositories = Object.entries(options.repositories ?? {});
  const temporary = await mkdtemp(join(tmpdir(), 'kafka-ha-act-'));
  const eventPath = join(temporary, 'event.json');
  try {
    await writeFile(eventPath, JSON.stringify(payload));
    const args = [
      ...[join(root, 'tools/act.mjs'), event, '--workflows', `.github/workflows/${workflow}`],
      ...(job === undefined ? [] : ['--job', job]),
      ...['--eventpath', eventPath, '--action-cache-path', join(temporary, 'cache')],
      ...['--env', `GITHUB_API_URL=${apiUrl}`, '--env', `ARTIFACTS=${join(temporary, 'artifacts')}`],
      // Without a value it is taken from the environment: secrets have several lines.
      ...Object.keys(secrets).flatMap((name) => ['--secret', name]),
      ...repositories.flatMap(([name, place]) => ['--local-repository', `${name}=${place}`]),
      ...Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
    ];
    return await run(args, folder, { ...options.env, ...secrets });
  } finally {
    await rm(temporary, { recursive: true });
  }
}

/** Fails with the end of the log, for that says why. */
export function expectEnd({ exitCode, log }: WorkflowResult, color: 'green' | 'red'): void {
  if ((exitCode === 0) !== (color === 'green'))
    throw new Error(
      `the workflow is not ${color}, it ended with ${exitCode}:\n${errorsIn(log)}\n…\n${log.slice(-4_000)}`,
    );
}

function run(args: readonly string[], cwd: string, more: Record<string, string>): Promise<WorkflowResult> {
  // What Jest and Nx set for this process is not for npm and Node in the workflow.
  const env = { ...process.env, NODE_OPTIONS: undefined, KUBECONFIG: undefined, ...more };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, log }));
  });
}

export type RepositoryCopy = AsyncDisposable & { folder: string };

/** This repository as it stands here, what is not committed included, as one commit: act copies it for each job. */
export async function copyOfRepository(): Promise<RepositoryCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-repository-'));
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { stdout } = await exec('git', listed, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  for (const file of stdout.split('\0').filter((name) => name !== ''))
    await cp(join(root, file), join(folder, file), { force: true }).catch(unlessDeleted);
  await commitAll(folder, 'octo/kafka');
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** Makes a folder a repository of one commit, as if it had been cloned from GitHub. */
export async function commitAll(folder: string, name: string): Promise<void> {
  const git = (...args: string[]) => exec('git', args, { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', `https://github.com/${name}.git`);
  await git('add', '--all');
  await git('-c', 'user.name=octo', '-c', 'user.email=octo@example.org', 'commit', '--quiet', '-m', 'copy');
}

function unlessDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** From here on jobs use the packages and bundles of this repository instead of installing and making them again. */
export async function skipSetup({ folder }: Pick<RepositoryCopy, 'folder'>): Promise<void> {
  const setup = `name: Set up
description: What a job before has shown to work takes most of the time.
inputs:
  node-version: { description: Not used., required: false }
runs:
  using: composite
  steps:
    - shell: bash
      run: |
        ln -s ${root}node_modules node_modules
        for app in apps/*/action.yml; do
          cp -r "${root}$(dirname "$app")/dist" "$(dirname "$app")"
        done
`;
  await writeFile(join(folder, '.github/actions/setup/action.yml'), setup);
}

/** What failed may be long before the end: an action that cleans up has the last word. */
function errorsIn(log: string): string {
  return log
    .split('\n')
    .filter((line) => /::error|Failure -/.test(line))
    .join('\n');
}
