import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { NamespacesState } from '../cluster-state.ts';
import { clusterDirectory, kubeconfigPath } from '../paths.ts';
import type { StepContext } from '../run-command.ts';
import { together } from '../together.ts';
import { waitUntil } from '../wait-until.ts';
import { forwardApi } from './fabric.ts';
import { initConfig, kubeletFlags, nodeName } from './kubeadm-config.ts';
import { kubectl } from './kubectl.ts';
import { rootOf, runInNode } from './node.ts';

/** Runs `kubeadm init` on node 0 and opens the API server's port on the machine's loopback. */
export async function startControlPlane(name: string, context: StepContext): Promise<void> {
  const root = await rootOf(name, nodeName(0));
  await writeFile(join(root, kubeadmFile), initConfig(name));
  // its checks look at the machine, which is not the node's; workers are joined without a token
  const skipped = '--skip-phases=preflight,bootstrap-token,addon/coredns,show-join-command';
  await runInNode(name, nodeName(0), context, ['kubeadm', 'init', `--config=${kubeadmFile}`, skipped], {
    onLine: kubeadmProgress(context),
  });
  const port = await freePort();
  await forwardApi(name, port, join(clusterDirectory(name), 'api.sock'));
  const admin = await readFile(join(root, 'etc/kubernetes/admin.conf'), 'utf8');
  await writeFile(kubeconfigPath(name), reachedAt(admin, port), { mode: 0o600 });
}

/**
 * Gives each worker what its kubelet needs to join: the certificate of its own identity, signed here and now. kubeadm's
 * `join` has it asked for and granted over the network, which takes five nodes on two cores ten seconds longer.
 */
export async function joinWorkers(
  name: string,
  { workers, zones }: NamespacesState,
  context: StepContext,
): Promise<void> {
  const controlPlane = await rootOf(name, nodeName(0));
  let joined = 0;
  await together(
    context,
    Array.from({ length: workers }, (_, index) => index + 1).map((worker) => async (shared) => {
      const node = nodeName(worker);
      const root = await rootOf(name, node);
      const identity = [`--client-name=system:node:${node}`, '--org=system:nodes', `--config=${kubeadmFile}`];
      const sign = ['kubeadm', 'kubeconfig', 'user', ...identity];
      const kubeconfig = await runInNode(name, nodeName(0), shared, sign, { secret: true });
      for (const directory of ['etc/kubernetes/pki', 'var/lib/kubelet'])
        await mkdir(join(root, directory), { recursive: true });
      await writeFile(join(root, 'etc/kubernetes/kubelet.conf'), kubeconfig, { mode: 0o600 });
      for (const file of ['etc/kubernetes/pki/ca.crt', 'var/lib/kubelet/config.yaml'])
        await copyFile(join(controlPlane, file), join(root, file));
      const flags = kubeletFlags(name, worker, zones).map((flag) => `--${flag.name}=${flag.value}`);
      await writeFile(join(root, kubeletFlagsFile), `KUBELET_KUBEADM_ARGS="${flags.join(' ')}"\n`);
      joined += 1;
      context.say(`${joined} of ${workers} joined`);
    }),
  );
}

const kubeadmFile = '/root/kubeadm.yaml';
/** What node.sh waits for before it starts kubelet: to be written last. */
const kubeletFlagsFile = 'var/lib/kubelet/kubeadm-flags.env';

/** `[control-plane] Creating static Pod manifest…` is what kubeadm says of where it is. */
function kubeadmProgress(context: StepContext): (line: string) => void {
  return (line) => {
    const phase = /^\[([a-z-]+)\] ([^"]{0,80})/.exec(line);
    if (phase !== null) context.say(`${phase[1]}: ${phase[2]?.replace(/ after [\d.]+s$/, '')}`);
  };
}

/** The administrator's kubeconfig, as seen from the machine. */
export function reachedAt(adminKubeconfig: string, port: number): string {
  return adminKubeconfig.replace(/server: \S+/, `server: https://127.0.0.1:${port}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits until every node is ready, names are resolved and service addresses lead to pods. */
export async function awaitReady(
  name: string,
  workers: number,
  seconds: number,
  context: StepContext,
): Promise<void> {
  const condition = '.status.conditions[?(@.type=="Ready")]';
  const line = `{.metadata.name}={${condition}.status} {${condition}.message}{"\\n"}`;
  const args = ['get', 'nodes', '--output', `jsonpath={range .items[*]}${line}{end}`];
  const all = workers + 1;
  let unready: string[] = [];
  const what = () =>
    `all ${all} nodes to be ready; not ready: ${unready.join('; ') || 'those that have not joined'}`;
  await waitUntil({ what, seconds, signal: context.signal, everyMs: 500 }, async () => {
    const nodes = (await kubectl(name, context, args)).trim().split('\n');
    unready = nodes.filter((node) => !node.includes('=True '));
    const ready = nodes.length - unready.length;
    context.say(`${ready} of ${all} nodes ready`);
    return ready === all ? true : undefined;
  });
  for (const part of ['deployment/coredns', 'daemonset/kube-proxy']) {
    context.say(`waiting for ${part}`);
    const rollout = ['--namespace', 'kube-system', 'rollout', 'status', part, `--timeout=${seconds}s`];
    await kubectl(name, context, rollout);
  }
}
