import { readlink } from 'node:fs/promises';
import { logPath } from '../paths.ts';
import { runCommand, type StepContext } from '../run-command.ts';
import { spawnDaemon } from '../spawn-daemon.ts';
import { waitUntil } from '../wait-until.ts';
import { addresses } from './addresses.ts';
import { clusterProcesses, mark } from './processes.ts';

/** The network that joins the nodes: a bridge in a namespace that has no way out. A sleeping process keeps it. */
const fabric = 'fabric';

export async function layFabric(name: string, context: StepContext): Promise<void> {
  const pid = spawnDaemon(['unshare', '--net', 'sleep', 'infinity'], {
    env: mark(name, fabric),
    log: context.log,
  });
  await untilApart(pid, context.signal);
  await inFabric(name, context, [
    'link set lo up',
    'link add br0 type bridge',
    `address add ${addresses.fabric}/24 dev br0`,
    'link set br0 up',
  ]);
}

/** Plugs the namespace of a process into the fabric, as its eth0. */
export async function plug(name: string, node: string, pid: number, context: StepContext): Promise<void> {
  await untilApart(pid, context.signal);
  await unplug(name, node, context);
  await inFabric(name, context, [
    `link add ${node} type veth peer name eth0 netns ${pid}`,
    `link set ${node} master br0 up`,
  ]);
}

export async function unplug(name: string, node: string, context: StepContext): Promise<void> {
  if ((await links(name, context)).includes(node)) await inFabric(name, context, [`link delete ${node}`]);
}

/** Pulls a node's cable, or puts it back: frames are dropped and nobody is told. */
export async function setCable(
  name: string,
  node: string,
  plugged: boolean,
  context: StepContext,
): Promise<void> {
  await inFabric(name, context, [`link set ${node} ${plugged ? 'up' : 'down'}`]);
}

/** The nodes whose cable is there, pulled or not. */
async function links(name: string, context: StepContext): Promise<string[]> {
  const output = await runCommand(context, [...(await enterFabric(name)), 'ip', '-json', 'link', 'show']);
  return (JSON.parse(output) as { ifname: string }[]).map(({ ifname }) => ifname);
}

async function inFabric(name: string, context: StepContext, ipCommands: string[]): Promise<void> {
  await runCommand(context, [...(await enterFabric(name)), 'ip', '-batch', '-'], {
    input: ipCommands.join('\n'),
  });
}

/** A command line's beginning that runs the rest in the fabric. */
export async function enterFabric(name: string): Promise<['nsenter', string]> {
  const pid = (await clusterProcesses(name)).find(({ node }) => node === fabric)?.pid;
  return ['nsenter', `--net=/proc/${pid ?? 'no-fabric'}/ns/net`];
}

/** The API server on the machine's loopback: two forwarders that meet at a socket file, which no namespace hides. */
export async function forwardApi(name: string, port: number, socket: string): Promise<void> {
  const options = { env: mark(name, 'forward'), log: logPath(name, 'forward') };
  const api = `TCP:${addresses.node(0)}:6443`;
  spawnDaemon([...(await enterFabric(name)), 'socat', `UNIX-LISTEN:${socket},fork,mode=600`, api], options);
  spawnDaemon(
    ['socat', `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr`, `UNIX-CONNECT:${socket}`],
    options,
  );
}

async function untilApart(pid: number, signal: AbortSignal): Promise<void> {
  const ours = await readlink('/proc/self/ns/net');
  await waitUntil({ what: 'a network namespace', seconds: 10, signal, everyMs: 10 }, async () => {
    const theirs = await readlink(`/proc/${pid}/ns/net`).catch(() => ours);
    return theirs === ours ? undefined : true;
  });
}
