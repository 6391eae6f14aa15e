/** On a cluster of `kafka-ha local` nobody makes volumes: those that were let go of are offered to the next deployment. */
export async function recycle(kubeconfigPath: string, signal: AbortSignal): Promise<void> {
  const { localClusterAt, recycleVolumes } = await import('@kafka-ha/local-cluster');
  const local = await localClusterAt(kubeconfigPath);
  if (local !== undefined) await recycleVolumes(local, { signal });
}
