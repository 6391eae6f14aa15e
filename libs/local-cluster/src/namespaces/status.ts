import type { NamespacesState } from '../cluster-state.ts';
import type { LocalClusterStatus } from '../local-cluster.ts';
import { nodesFrom } from '../nodes-from.ts';
import { kubeconfigPath } from '../paths.ts';
import { kubectl } from './kubectl.ts';

/** Throws when the API server does not answer within five seconds. */
export async function namespacesStatus(name: string, state: NamespacesState): Promise<LocalClusterStatus> {
  const context = { log: '/dev/null', signal: AbortSignal.timeout(5_000) };
  const list = await kubectl(name, context, ['get', 'nodes', '--output', 'json']);
  const { nodes, kubernetes } = nodesFrom(list);
  return {
    kind: 'running',
    name,
    provider: 'namespaces',
    kubeconfigPath: kubeconfigPath(name),
    nodes,
    versions: { kubernetes, ...state.images },
  };
}
