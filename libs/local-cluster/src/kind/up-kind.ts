import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepEvent } from '@kafka-ha/base';
import { readState, writeState } from '../cluster-state.ts';
import { localClusterStatus } from '../local-cluster-status.ts';
import type { ImageVersions, LocalCluster } from '../local-cluster.ts';
import { clusterDirectory, kubeconfigPath, logPath } from '../paths.ts';
import { oldestKind } from '../prerequisites.ts';
import { refuseOther, type Wanted } from '../refuse-other.ts';
import { type StepContext, runCommand } from '../run-command.ts';
import { step } from '../step.ts';
import { versions } from '../versions.ts';
import { waitUntil } from '../wait-until.ts';
import { createCommand, deleteCommand, loadCommand } from './kind-commands.ts';
import { kindConfig } from './kind-config.ts';
import { kindProgram } from './kind-program.ts';
import { kindStatus } from './kind-status.ts';
import { lacksQueue, withoutPolicies } from './lacks-queue.ts';

const check = { id: 'check', title: 'Look for the cluster' };
const program = { id: 'kind', title: `Find kind ${oldestKind} or later, or install ${versions.kind}` };
const pull = { id: 'pull', title: 'Pull the images' };
const create = { id: 'create', title: 'Create the cluster in Docker' };
const load = { id: 'load', title: 'Load the images into its nodes' };
const ready = { id: 'ready', title: 'Wait until all nodes are ready' };

/** A cluster of kind's: nodes are containers. `warnings` are told before anything is made. */
export async function* upKind(
  name: string,
  wanted: Wanted,
  warnings: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<StepEvent, LocalCluster> {
  const { workers, zones, images } = wanted;
  const at = (id: string) => ({ log: logPath(name, id), signal });
  yield { kind: 'steps', steps: [check, program, pull, create, load, ready] };
  for (const message of warnings) yield { kind: 'warning', message };
  const { kind: found } = await localClusterStatus({ name });
  yield* step(check, at(check.id), async () => {
    const state = await readState(name);
    if (state?.complete) refuseOther(name, state, wanted);
    return found === 'running' ? 'up already' : 'none';
  });
  if (found === 'running') {
    for (const { id } of [program, pull, create, load])
      yield { kind: 'skipped', step: id, reason: 'up already' };
  } else {
    let kind = '';
    let lacking: string[] = [];
    let loaded = false;
    yield* step(program, at(program.id), async (context) => {
      kind = await kindProgram(context);
      return kind;
    });
    yield* step(pull, at(pull.id), async (context) => {
      lacking = await pullImages(kindImages(images), context);
      return lacking.length === 0 ? undefined : `not ${lacking.join(', ')}`;
    });
    yield* step(create, at(create.id), async (context) => {
      await writeState(name, { provider: 'kind', complete: false, workers, zones });
      await runCommand(context, deleteCommand(kind, name));
      await runCommand(context, createCommand(kind, name), {
        input: kindConfig(workers, zones),
        onLine: context.say,
      });
    });
    yield* step(load, at(load.id), async (context) => {
      const pulled = kindImages(images).filter((image) => !lacking.includes(image));
      loaded = pulled.length > 0 && (await loadImages(kind, name, workers, pulled, context));
    });
    if (lacking.length > 0 || !loaded)
      yield { kind: 'warning', message: 'not every image could be loaded; each node pulls what it lacks' };
  }
  let nodes: string[] = [];
  let letsThrough = false;
  yield* step(ready, at(ready.id), async (context) => {
    nodes = await awaitNodes(name, workers, context);
    letsThrough = await lacksQueue(name, context);
    await writeState(name, { provider: 'kind', complete: true, workers, zones });
    return `${nodes.length} nodes`;
  });
  if (letsThrough) yield { kind: 'warning', message: withoutPolicies };
  return { name, kubeconfigPath: kubeconfigPath(name), provider: 'kind', nodes };
}

/** kind itself waits for the control plane alone, and whoever deploys needs the workers. */
async function awaitNodes(name: string, workers: number, context: StepContext): Promise<string[]> {
  const all = workers + 1;
  let missing = 'those that have not joined';
  const wait = { what: () => `all ${all} nodes to be ready; not ready: ${missing}`, seconds: 180 };
  return waitUntil({ ...wait, signal: context.signal, everyMs: 500 }, async () => {
    const status = await kindStatus(name).catch(() => undefined);
    if (status?.kind !== 'running') return undefined;
    const unready = status.nodes.filter((node) => !node.ready).map((node) => node.name);
    if (unready.length > 0) missing = unready.join(', ');
    const ready = status.nodes.length - unready.length;
    context.say(`${ready} of ${all} nodes ready`);
    return ready === all ? status.nodes.map((node) => node.name) : undefined;
  });
}

/** What the pods of a cluster run. */
function kindImages({ kafka, zookeeper }: ImageVersions): string[] {
  return [
    ...kafka.map((version) => `apache/kafka:${version}`),
    ...zookeeper.map((version) => `zookeeper:${version}`),
    `node:${versions.node}`,
  ];
}

/** Pulls into Docker those images that it does not have. Returns those that cannot be had. */
async function pullImages(images: readonly string[], context: StepContext): Promise<string[]> {
  const lacking: string[] = [];
  for (const image of images) {
    const there = runCommand(context, ['docker', 'image', 'inspect', '--format', '{{.Id}}', image]);
    if (await succeeds(there, context)) continue;
    context.say(`pulling ${image}`);
    const pulled = runCommand(context, ['docker', 'pull', image], {
      onLine: (line) => context.say(`${image}: ${line}`),
    });
    if (!(await succeeds(pulled, context))) lacking.push(image);
  }
  return lacking;
}

/**
 * Gives the nodes images that Docker has, so that each is pulled once by a machine, not once by a node: registries count.
 * `docker save` and an archive, because `kind load docker-image` asks for every platform of an image, which Docker may not
 * have. Returns whether that could be done; a node pulls what it was not given.
 */
async function loadImages(
  kind: string,
  name: string,
  workers: number,
  images: readonly string[],
  context: StepContext,
): Promise<boolean> {
  const archive = join(clusterDirectory(name), 'images.tar');
  try {
    context.say('saving them');
    const saved = runCommand(context, ['docker', 'save', '--output', archive, ...images]);
    if (!(await succeeds(saved, context))) return false;
    context.say('loading them into the nodes');
    const loaded = runCommand(context, loadCommand(kind, name, workers, archive), { onLine: context.say });
    return await succeeds(loaded, context);
  } finally {
    await rm(archive, { force: true });
  }
}

/** Whether a command did what it was for: nothing here is worth a cluster. Throws `aborted` when it was stopped. */
async function succeeds(command: Promise<string>, { signal }: StepContext): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}
