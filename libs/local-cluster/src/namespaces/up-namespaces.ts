import { join } from 'node:path';
import type { Step, StepEvent } from '@kafka-ha/base';
import { type Artefact, ensureBuilt, isBuilt } from '../build/artefact.ts';
import { nodeTree } from '../build/debian-tree.ts';
import { kubernetesProgram } from '../build/go-program.ts';
import { lockCluster } from '../cluster-lock.ts';
import { type NamespacesState, readState, writeState } from '../cluster-state.ts';
import { imageStore } from '../images/image-store.ts';
import { localClusterStatus } from '../local-cluster-status.ts';
import type { LocalCluster } from '../local-cluster.ts';
import type { Lock } from '../lock.ts';
import { kubeconfigPath, logPath } from '../paths.ts';
import { refuseOther, type Wanted } from '../refuse-other.ts';
import { type StepContext, runCommand } from '../run-command.ts';
import { step } from '../step.ts';
import { together } from '../together.ts';
import { versions } from '../versions.ts';
import { cleanCluster } from './clean.ts';
import { clusterObjects } from './cluster-objects.ts';
import { awaitReady, joinWorkers, startControlPlane } from './control-plane.ts';
import { layFabric, setCable } from './fabric.ts';
import { prepareKernel } from './kernel.ts';
import { nodeName } from './kubeadm-config.ts';
import { kubectl } from './kubectl.ts';
import { bootNode } from './node.ts';
import { reviveNode } from './node-faults.ts';
import { recycleVolumes } from './recycle-volumes.ts';

const check = { id: 'check', title: 'Look for the cluster' };
const packages = { id: 'packages', title: 'Install Debian packages' };
const kubernetes = { id: 'kubernetes', title: `Compile Kubernetes ${versions.kubernetes}` };
const images = { id: 'images', title: 'Build the images' };
const nodes = { id: 'nodes', title: 'Start the nodes' };
const controlPlane = { id: 'control-plane', title: 'Start the control plane' };
const workers = { id: 'workers', title: 'Join the workers' };
const ready = { id: 'ready', title: 'Wait until all is ready' };
const making = [packages, kubernetes, images, nodes, controlPlane, workers, ready];

/** A cluster whose nodes are namespaces of this machine. Nothing but the API server's port can be reached from outside. */
export async function* upNamespaces(
  name: string,
  wanted: Wanted,
  missingPackages: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<StepEvent, LocalCluster> {
  const at = ({ id }: Step) => ({ log: logPath(name, id), signal });
  let lock: Lock | undefined;
  let found = { kind: 'none' } as Found;
  yield { kind: 'steps', steps: [check, ...making] };
  try {
    yield* step(check, at(check), async (context) => {
      lock = await lockCluster(name, context);
      found = await findOrClean(name, wanted, context);
      return found.kind === 'running' ? 'up already' : undefined;
    });
    if (found.kind === 'gone')
      yield {
        kind: 'warning',
        message: `${name} was up but did not answer, so it is created again: ${found.reason}`,
      };
    yield* found.kind === 'running' ? skipAll('up already') : make(name, wanted, missingPackages, at);
  } finally {
    await lock?.release();
  }
  return {
    name,
    kubeconfigPath: kubeconfigPath(name),
    provider: 'namespaces',
    nodes: Array.from({ length: wanted.workers + 1 }, (_, index) => nodeName(index)),
  };
}

type Found = { kind: 'none' } | { kind: 'running' } | { kind: 'gone'; reason: string };

/** A cluster that runs is put right where a drill or a deleted namespace left it; the remains of any other are cleaned away. */
async function findOrClean(name: string, wanted: Wanted, context: StepContext): Promise<Found> {
  const state = await readState(name);
  if (state !== undefined) refuseOther(name, state, wanted);
  const status = await localClusterStatus({ name });
  if (status.kind === 'running' && state?.provider === 'namespaces') {
    const unready = status.nodes.filter((node) => !node.ready);
    for (const node of unready) if (node.name !== nodeName(0)) await mend(name, state, node.name, context);
    if (unready.length > 0) await awaitReady(name, state.workers, 120, context);
    await recycleVolumes({ name, provider: 'namespaces' }, context);
    return { kind: 'running' };
  }
  context.say('removing what is left');
  await cleanCluster(name, context);
  return status.kind === 'broken' && state?.complete
    ? { kind: 'gone', reason: status.reason }
    : { kind: 'none' };
}

async function mend(name: string, state: NamespacesState, node: string, context: StepContext): Promise<void> {
  context.say(`${node} is not ready: reviving it`);
  await reviveNode(name, state, node, context);
  await setCable(name, node, true, context);
}

async function* skipAll(reason: string): AsyncGenerator<StepEvent, void> {
  for (const { id } of making) yield { kind: 'skipped', step: id, reason };
}

async function* make(
  name: string,
  wanted: Wanted,
  missingPackages: readonly string[],
  at: (step: Step) => { log: string; signal: AbortSignal },
): AsyncGenerator<StepEvent, void> {
  if (missingPackages.length === 0) yield { kind: 'skipped', step: packages.id, reason: 'all there' };
  else yield* step(packages, at(packages), (context) => installPackages(missingPackages, context));

  const programs = kubernetesProgram();
  const store = imageStore(wanted.images);
  yield* built(kubernetes, programs, at);
  yield* built(images, store, at);

  const builds = {
    tree: join(nodeTree().path, 'root'),
    store: join(store.path, 'store'),
    programs: programs.path,
  };
  const state: NamespacesState = { ...wanted, provider: 'namespaces', complete: false, builds };
  yield* step(nodes, at(nodes), async (context) => {
    await writeState(name, state);
    await prepareKernel(context);
    await layFabric(name, context);
    let started = 0;
    await together(
      context,
      Array.from({ length: state.workers + 1 }, (_, index) => async (shared) => {
        await bootNode(name, index, state, shared);
        started += 1;
        context.say(`${started} of ${state.workers + 1} nodes started`);
      }),
    );
    return `${state.workers + 1} nodes`;
  });
  yield* step(controlPlane, at(controlPlane), (context) => startControlPlane(name, context));
  yield* step(workers, at(workers), (context) => joinWorkers(name, state, context));
  yield* step(ready, at(ready), async (context) => {
    const objects = JSON.stringify(clusterObjects(state.workers, state.volumes));
    await kubectl(name, context, ['create', '--validate=false', '--filename', '-'], { input: objects });
    await awaitReady(name, state.workers, 120, context);
    await writeState(name, { ...state, complete: true });
  });
}

async function* built(
  which: Step,
  artefact: Artefact,
  at: (step: Step) => { log: string; signal: AbortSignal },
): AsyncGenerator<StepEvent, void> {
  if (isBuilt(artefact)) yield { kind: 'skipped', step: which.id, reason: 'in the cache' };
  else yield* step(which, at(which), (context) => ensureBuilt(context, artefact));
}

/** Installs Debian packages. None of ours brings a service. */
async function installPackages(packages: readonly string[], context: StepContext): Promise<void> {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, onLine: context.say };
  await runCommand(context, ['apt-get', 'update'], options);
  await runCommand(context, ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages], options);
}
