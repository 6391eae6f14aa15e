import { realpath } from 'node:fs/promises';
import { listLocalClusters, localClusterStatus, nodeFaults, type NodeFaults } from '@kafka-ha/local-cluster';

/** The means to break the nodes of the local cluster that a kubeconfig leads to; undefined for any other cluster. */
export async function nodeFaultsOf(kubeconfigPath: string): Promise<NodeFaults | undefined> {
  const path = await realpath(kubeconfigPath).catch(() => kubeconfigPath);
  for (const name of await listLocalClusters()) {
    const cluster = await localClusterStatus({ name });
    if (cluster.kind !== 'running' || cluster.provider !== 'namespaces' || cluster.kubeconfigPath !== path)
      continue;
    const nodes = cluster.nodes.map((node) => node.name);
    // What it breaks is to be mended also after the command was stopped.
    return await nodeFaults({ ...cluster, nodes }, { signal: new AbortController().signal });
  }
  return undefined;
}
