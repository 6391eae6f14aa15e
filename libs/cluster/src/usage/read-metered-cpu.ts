import { listObjects, type KubeObject } from '@kafka-ha/kube';
import { parseQuantity, podNameOf } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';

/** https://kubernetes.io/docs/reference/external-api/metrics.v1beta1 */
type PodMetrics = KubeObject & { containers?: { name: string; usage?: { cpu?: string } }[] };

/**
 * Cores that each broker's container uses, by its id, as Kubernetes' metrics API tells: of the last fifteen seconds or so. It takes no
 * command in a pod, and a metrics server, which many clusters have. What it tells of memory includes page cache, and is left out.
 *
 * @throws KafkaHaError `not-found` where no metrics server runs, `forbidden` where its metrics may not be listed.
 */
export async function readMeteredCpu(
  { kube, spec, signal }: Cluster,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const query = { apiVersion: 'metrics.k8s.io/v1beta1', kind: 'PodMetrics', namespace: spec.namespace };
  const pods = await listObjects<PodMetrics>(kube, query, { signal });
  const cores = ids.flatMap((id) => {
    const pod = pods.find(({ metadata }) => metadata.name === podNameOf(spec, 'kafka', id));
    const used = parseQuantity(pod?.containers?.find(({ name }) => name === 'kafka')?.usage?.cpu ?? '');
    return used === undefined ? [] : [[id, used] as const];
  });
  return new Map(cores);
}
