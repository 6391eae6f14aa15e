import { localClusterAt, nodeFaults, type NodeFaults } from '@kafka-ha/local-cluster';

/** The means to break the nodes of the local cluster that a kubeconfig leads to; undefined for any other cluster. */
export async function nodeFaultsOf(kubeconfigPath: string): Promise<NodeFaults | undefined> {
  const cluster = await localClusterAt(kubeconfigPath);
  if (cluster?.provider !== 'namespaces') return undefined;
  // What it breaks is to be mended also after the command was stopped.
  return await nodeFaults(cluster, { signal: new AbortController().signal });
}
