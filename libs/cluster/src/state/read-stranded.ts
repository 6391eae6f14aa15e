import { isKafkaHaError } from '@kafka-ha/base';
import type { PodState } from '@kafka-ha/health';
import { getObject, type KubeObject, type Pod } from '@kafka-ha/kube';
import { components } from '@kafka-ha/manifests';
import { stranded, takesPod, type NodeNeeds, type NodeTerm, type Toleration } from '@kafka-ha/planning';
import type { Cluster } from '../cluster.ts';
import { readNodes } from './read-nodes.ts';
import { claimRef, podRef } from '../refs.ts';

/**
 * Of the pods that are due, those that would not come back, as their nodes are cordoned and no other takes them, and why.
 * None where nodes may not be read: then the scheduler's word tells it afterwards.
 */
export async function readStranded(
  cluster: Cluster,
  { pods, due }: { pods: readonly PodState[]; due: ReadonlySet<string> },
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (due.size === 0) return found;
  const nodes = await readNodes(cluster.kube, cluster.signal);
  if (nodes === undefined) return found;
  for (const pod of pods.filter(({ name }) => due.has(name))) {
    const home = nodes.find(({ name }) => name === pod.node);
    if (home === undefined || takesPod(home, { tolerations: [{ operator: 'Exists' }] })) continue;
    const needs = await readNeeds(cluster, pod);
    const why = stranded(
      { pod, needs, perNode: components[pod.component].perNode(cluster.spec) },
      pods,
      nodes,
    );
    if (why !== undefined) found.set(pod.name, why);
  }
  return found;
}

type Volume = KubeObject & { spec: { nodeAffinity?: { required?: { nodeSelectorTerms?: NodeTerm[] } } } };

/** What its own specification and its volume ask for. A volume that may not be read is taken to be anywhere. */
async function readNeeds({ kube, spec, signal }: Cluster, { name }: PodState): Promise<NodeNeeds> {
  const pod = await getObject<Pod>(kube, podRef(spec, name), { signal });
  const needs = pod?.spec as
    { nodeSelector?: Record<string, string>; tolerations?: Toleration[] } | undefined;
  const claim = await getObject<KubeObject>(kube, claimRef(spec, name), { signal });
  const volume = (claim?.['spec'] as { volumeName?: string } | undefined)?.volumeName;
  const terms = volume === undefined ? [] : await termsOf(kube, volume, signal);
  return { nodeSelector: needs?.nodeSelector ?? {}, tolerations: needs?.tolerations ?? [], terms };
}

async function termsOf(kube: Cluster['kube'], name: string, signal: AbortSignal): Promise<NodeTerm[]> {
  try {
    const ref = { apiVersion: 'v1', kind: 'PersistentVolume', name };
    const volume = await getObject<Volume>(kube, ref, { signal });
    return volume?.spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return [];
    throw error;
  }
}
