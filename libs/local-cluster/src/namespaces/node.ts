import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KafkaHaError } from '@kafka-ha/base';
import { pauseImage } from '../images/images.ts';
import type { NamespacesState } from '../cluster-state.ts';
import { clusterDirectory, scriptPath } from '../paths.ts';
import { kill, runCommand, type CommandOptions, type StepContext } from '../run-command.ts';
import { spawnDaemon } from '../spawn-daemon.ts';
import { waitUntil } from '../wait-until.ts';
import { addresses, routesOf } from './addresses.ts';
import { makeCgroups } from './cgroups.ts';
import { plug } from './fabric.ts';
import { nodeName } from './kubeadm-config.ts';
import { firstProcess, mark } from './processes.ts';

const namespaces = ['--mount', '--pid', '--net', '--uts', '--ipc'] as const;

/** Starts a node and waits for its containerd. A node that was there before goes on with its disk as it was. */
export async function bootNode(
  name: string,
  index: number,
  { workers, volumes, builds }: NamespacesState,
  context: StepContext,
): Promise<void> {
  const node = nodeName(index);
  const directory = join(clusterDirectory(name), node);
  const sizes = Object.entries(volumes).map(([volume, gibibytes]) => `${volume}:${gibibytes}`);
  await mkdir(directory, { recursive: true });
  await makeCgroups(name, node, workers + 1);
  const pid = spawnDaemon(
    [
      'unshare',
      ...namespaces,
      '--propagation',
      'private',
      '--fork',
      '--kill-child',
      scriptPath('node-root.sh'),
    ],
    {
      log: join(directory, 'node.log'),
      env: {
        ...mark(name, node),
        NODE: node,
        NODE_DIR: directory,
        TREE: builds.tree,
        STORE: builds.store,
        PROGRAMS: builds.programs,
        ADDRESS: addresses.node(index),
        POD_CIDR: addresses.podsOf(index),
        ROUTES: routesOf(index, workers + 1)
          .map(({ destination, gateway }) => `${destination} ${gateway}`)
          .join('\n'),
        VOLUMES: index === 0 ? '' : sizes.join(' '),
        SANDBOX_IMAGE: pauseImage,
      },
    },
  );
  const isGone = () => !existsSync(`/proc/${pid}/ns`);
  try {
    await plug(name, node, pid, context);
  } catch (error) {
    throw isGone() ? await nodeFailed(node, directory) : error;
  }
  await waitUntil({ what: `containerd of ${node}`, seconds: 60, signal: context.signal }, async () => {
    const first = await firstProcess(name, node);
    if (first !== undefined && existsSync(`/proc/${first}/root/run/ready`)) return true;
    if (isGone()) throw await nodeFailed(node, directory);
    return undefined;
  });
}

async function nodeFailed(node: string, directory: string): Promise<KafkaHaError> {
  const log = await readFile(join(directory, 'node.log'), 'utf8');
  return new KafkaHaError('local-cluster-failed', `${node} did not start`, {
    details: log.trimEnd().split('\n').slice(-20),
  });
}

/** Ends a node at once, with all that runs on it: its namespaces go with its first process. */
export async function killNode(name: string, node: string, signal: AbortSignal): Promise<void> {
  const first = await firstProcess(name, node);
  if (first === undefined) return;
  kill(first, 'SIGKILL');
  await waitUntil({ what: `${node} to end`, seconds: 20, signal }, () =>
    existsSync(`/proc/${first}/ns`) ? undefined : true,
  );
}

/** Runs a command inside a node, by the node's own programs. */
export async function runInNode(
  name: string,
  node: string,
  context: Pick<StepContext, 'log' | 'signal'>,
  command: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const first = await runningProcess(name, node);
  const path = '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return runCommand(
    context,
    [
      ...(['nsenter', '-t', String(first), '-m', '-p', '-n', '-u', '-i'] as const),
      ...['env', '-i', `PATH=${path}`, ...command],
    ],
    options,
  );
}

/** Where a running node's files are seen from outside. */
export async function rootOf(name: string, node: string): Promise<string> {
  return `/proc/${await runningProcess(name, node)}/root`;
}

async function runningProcess(name: string, node: string): Promise<number> {
  const first = await firstProcess(name, node);
  if (first === undefined) throw new KafkaHaError('not-found', `${node} of ${name} is not running`);
  return first;
}
