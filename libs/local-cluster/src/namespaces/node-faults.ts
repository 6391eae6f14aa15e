import { KafkaHaError } from '@kafka-ha/base';
import { readState, type NamespacesState } from '../cluster-state.ts';
import type { LocalCluster } from '../local-cluster.ts';
import { logPath } from '../paths.ts';
import type { StepContext } from '../run-command.ts';
import { setCable } from './fabric.ts';
import { bootNode, killNode, runInNode } from './node.ts';
import { fillVolume, freeVolume, limitNetwork, limitVolume } from './node-limits.ts';
import { nodeName } from './kubeadm-config.ts';
import { firstProcess } from './processes.ts';

export type NodeFaults = {
  /** The machine stops at once. Its peers get no word of it; its disks keep what was written. */
  crash: (node: string) => Promise<void>;
  /** Starts a crashed node; resolves when its containerd answers, before its pods are back. */
  revive: (node: string) => Promise<void>;
  /** Pulls the node's cable: all runs on, and nothing comes or goes. */
  cut: (node: string) => Promise<void>;
  /** Puts the cable back. */
  heal: (node: string) => Promise<void>;
  /**
   * Drops what the node's pods, or only those with the addresses `own`, and these addresses send each other, and nothing
   * else. Replaces what was cut before.
   */
  cutPeers: (node: string, addresses: readonly string[], own?: readonly string[]) => Promise<void>;
  healPeers: (node: string) => Promise<void>;
  /** Takes all room that is left on the volume of the node's broker. */
  fillDisk: (node: string) => Promise<void>;
  freeDisk: (node: string) => Promise<void>;
  /** Lets no more than so many bytes a second come to the node, and no more leave it; null: as many as can. */
  limitNetwork: (node: string, bytesPerSecond: number | null) => Promise<void>;
  /** The same of what is read from the volume of the node's broker, and of what is written to it. */
  limitDisk: (node: string, bytesPerSecond: number | null) => Promise<void>;
  /** The API server answers nobody for so long; it goes on by itself. */
  stallApiServer: (durationMs: number) => Promise<void>;
};

/** Faults of whole nodes, for drills. Only workers but for the API server's, and only with the provider `namespaces`. */
export async function nodeFaults(
  { name, provider }: LocalCluster,
  { signal }: { signal: AbortSignal },
): Promise<NodeFaults> {
  const state = await readState(name);
  if (provider !== 'namespaces' || state?.provider !== 'namespaces')
    throw new KafkaHaError(
      'invalid-usage',
      `the nodes of ${name} come from ${provider}, which cannot break them`,
      {
        hint: 'Start a cluster with the provider `namespaces`.',
      },
    );
  const context = { log: logPath(name, 'faults'), signal, say: () => undefined };
  const forWorker =
    <Rest extends unknown[]>(act: (node: string, ...rest: Rest) => Promise<unknown>) =>
    async (node: string, ...rest: Rest) => {
      indexOf(node, state);
      await act(node, ...rest);
    };
  return {
    crash: forWorker(async (node) => {
      await setCable(name, node, false, context);
      await killNode(name, node, signal);
    }),
    revive: forWorker((node) => reviveNode(name, state, node, context)),
    cut: forWorker((node) => setCable(name, node, false, context)),
    heal: forWorker((node) => setCable(name, node, true, context)),
    cutPeers: forWorker((node, addresses: readonly string[], own?: readonly string[]) =>
      filter(name, node, peersCut(addresses, own), context),
    ),
    healPeers: forWorker((node) => filter(name, node, peersHealed, context)),
    fillDisk: forWorker((node) => runInNode(name, node, context, ['sh', '-c', fillVolume])),
    freeDisk: forWorker((node) => runInNode(name, node, context, ['sh', '-c', freeVolume])),
    limitNetwork: forWorker((node, bytesPerSecond: number | null) =>
      limitNetwork(name, node, bytesPerSecond, context),
    ),
    limitDisk: forWorker((node, bytesPerSecond: number | null) => limitVolume(name, node, bytesPerSecond)),
    stallApiServer: (durationMs) => stallApiServer(name, durationMs, context),
  };
}

/** Starts a node that is down; one that is up is left alone. */
export async function reviveNode(
  name: string,
  state: NamespacesState,
  node: string,
  context: StepContext,
): Promise<void> {
  if ((await firstProcess(name, node)) === undefined)
    await bootNode(name, indexOf(node, state), state, context);
}

function indexOf(node: string, { workers }: NamespacesState): number {
  const index = Number(/^node-(\d+)$/.exec(node)?.[1]);
  if (index >= 1 && index <= workers) return index;
  throw new KafkaHaError('invalid-usage', `${node} is not a worker of this cluster`, {
    hint: `Its workers are node-1 to node-${workers}.`,
  });
}

async function stallApiServer(name: string, durationMs: number, context: StepContext): Promise<void> {
  const goOn = `(sleep ${durationMs / 1000}; kill -CONT $server) > /dev/null 2>&1 < /dev/null &`;
  const script = `server=$(pidof kube-apiserver); kill -STOP $server; ${goOn}`;
  await runInNode(name, nodeName(0), context, ['sh', '-c', script]);
}

async function filter(name: string, node: string, rules: string, context: StepContext): Promise<void> {
  await runInNode(name, node, context, ['nft', '-f', '-'], { input: rules });
}

const table = 'ip kafka-ha';

/** Declared first, so that it can be deleted whether it was there or not. */
export const peersHealed = `table ${table}\ndelete table ${table}\n`;

/**
 * Rules for nft(8). In `forward` all that pods send or get passes, whatever service address it went to, and nothing
 * else of the node does: its kubelet keeps its connections.
 */
export function peersCut(addresses: readonly string[], own?: readonly string[]): string {
  const peers = setOf(addresses);
  const [from, to] = own === undefined ? ['', ''] : [`ip saddr ${setOf(own)} `, `ip daddr ${setOf(own)} `];
  return `${peersHealed}table ${table} {
  chain forward {
    type filter hook forward priority -1;
    ${to}ip saddr ${peers} drop
    ${from}ip daddr ${peers} drop
  }
}
`;
}

function setOf(addresses: readonly string[]): string {
  return `{ ${addresses.join(', ')} }`;
}
