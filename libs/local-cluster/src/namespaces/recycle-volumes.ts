import type { LocalCluster } from '../local-cluster.ts';
import { logPath } from '../paths.ts';
import type { StepContext } from '../run-command.ts';
import { waitUntil } from '../wait-until.ts';
import { kubectl } from './kubectl.ts';
import { runInNode } from './node.ts';

type Volume = {
  metadata: { name: string };
  spec: { local: { path: string }; nodeAffinity: NodeAffinity };
  status: { phase: string };
};
/** As mkfs left it. */
const wipe =
  'find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf {} + && chown 0:0 "$1" && chmod 755 "$1"';

type NodeAffinity = { required: { nodeSelectorTerms: { matchExpressions: { values: string[] }[] }[] } };

/**
 * Empties the volumes whose claims are gone and offers them again, as a provisioner would have done. Returns their
 * names. With kind there is such a provisioner, and nothing to do.
 */
export async function recycleVolumes(
  { name, provider }: Pick<LocalCluster, 'name' | 'provider'>,
  { signal }: { signal: AbortSignal },
): Promise<string[]> {
  if (provider === 'kind') return [];
  const context = { log: logPath(name, 'volumes'), signal };
  const list = await kubectl(name, context, ['get', 'persistentvolumes', '--output', 'json']);
  const released = (JSON.parse(list) as { items: Volume[] }).items.filter(
    ({ status }) => status.phase === 'Released',
  );
  for (const { metadata, spec } of released) {
    const node = spec.nodeAffinity.required.nodeSelectorTerms[0]?.matchExpressions[0]?.values[0] ?? '';
    await unmounted(name, node, metadata.name, context);
    await runInNode(name, node, context, ['sh', '-c', wipe, 'wipe', spec.local.path]);
    const patch = ['--type', 'json', '--patch', '[{"op": "remove", "path": "/spec/claimRef"}]'];
    await kubectl(name, context, ['patch', 'persistentvolume', metadata.name, ...patch]);
  }
  return released.map(({ metadata }) => metadata.name);
}

/**
 * A claim can be gone before its pod's processes are: a pod that was deleted by force still writes for a moment. And
 * kubelet gives a volume that is mounted for one pod to the next without setting its group.
 */
async function unmounted(
  name: string,
  node: string,
  volume: string,
  context: Pick<StepContext, 'log' | 'signal'>,
) {
  const what = `${node} to unmount volume ${volume}`;
  await waitUntil({ what, seconds: 60, signal: context.signal, everyMs: 250 }, async () => {
    const mounts = await runInNode(name, node, context, ['cat', '/proc/self/mountinfo']);
    return mounts.includes(`/kubernetes.io~local-volume/${volume} `) ? undefined : true;
  });
}
