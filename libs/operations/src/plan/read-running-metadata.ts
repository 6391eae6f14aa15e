import { isKafkaHaError } from '@kafka-ha/base';
import { featuresOf } from '@kafka-ha/config';
import { getObject, listObjects, type KubeObject, type Pod } from '@kafka-ha/kube';
import { names, quorumFiles } from '@kafka-ha/manifests';
import type { FeatureLevels, MetadataChange } from '@kafka-ha/planning';
import { type Cluster, membersQuery, readFeatures } from '@kafka-ha/cluster';
import { imageVersion } from './read-running-versions.ts';

/** What runs, with controllers, and which features they have finalised; undefined before their quorum has formed. */
export type RunningMetadata = { nodes: MetadataChange['nodes']; finalized: FeatureLevels | undefined };

/** The binaries are those of the pods themselves: they may differ in the middle of a roll. */
export async function readRunningMetadata(cluster: Cluster): Promise<RunningMetadata> {
  const nodes = await readNodes(cluster);
  return { nodes, finalized: await readFinalized(cluster, nodes.length > 0) };
}

/** The binaries of each controller and broker, the controllers' first. */
export async function readNodes({ kube, spec, signal }: Cluster): Promise<RunningMetadata['nodes']> {
  const pods = await listObjects<Pod>(kube, membersQuery(spec, 'Pod'), { signal });
  return (['controller', 'kafka'] as const).flatMap((component) =>
    pods
      .filter(({ metadata }) => metadata.name.startsWith(`${names(spec)[component]}-`))
      .map((pod) => {
        const version = imageVersion(pod, component);
        return { name: pod.metadata.name, ...(version !== undefined && { version }) };
      }),
  );
}

/**
 * The controllers' word. Where none gives any, all that a deployment has ever asked for: it is written down before it is done, so the
 * cluster has no more than that.
 */
async function readFinalized(cluster: Cluster, hasNodes: boolean): Promise<FeatureLevels | undefined> {
  try {
    if (hasNodes) return await readFeatures(cluster);
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'kafka-unreachable') throw error;
  }
  const { kube, spec } = cluster;
  const { namespace } = spec;
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: names(spec).quorumConfig };
  const config = await getObject<KubeObject & { data?: Record<string, string> }>(kube, ref, {
    signal: cluster.signal,
  });
  const { [quorumFiles.formed]: formed, [quorumFiles.release]: release = '' } = config?.data ?? {};
  return formed === undefined ? undefined : featuresOf(release)?.levels;
}
