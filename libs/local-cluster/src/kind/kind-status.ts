import type { LocalClusterStatus } from '../local-cluster.ts';
import { nodesFrom } from '../nodes-from.ts';
import { kubeconfigPath } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { noImages } from '../software.ts';
import { nodesCommand } from './kind-commands.ts';

/** Throws when the API server does not answer within five seconds. */
export async function kindStatus(name: string): Promise<LocalClusterStatus> {
  const context = { log: '/dev/null', signal: AbortSignal.timeout(5_000) };
  const { nodes, kubernetes } = nodesFrom(await runCommand(context, nodesCommand(name)));
  return {
    kind: 'running',
    name,
    provider: 'kind',
    kubeconfigPath: kubeconfigPath(name),
    nodes,
    versions: { kubernetes, ...noImages },
  };
}
