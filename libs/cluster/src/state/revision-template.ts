import { getObject, type KubeObject } from '@kafka-ha/kube';
import type { JsonObject } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';

type ControllerRevision = KubeObject & { data: { spec: { template: JsonObject } } };

/**
 * The pods' template of one revision of a StatefulSet, without the mark that makes of it a patch; undefined where
 * Kubernetes keeps that revision no more.
 */
export async function revisionTemplate(
  { kube, spec: { namespace }, signal }: Cluster,
  revision: string,
): Promise<JsonObject | undefined> {
  const ref = { apiVersion: 'apps/v1', kind: 'ControllerRevision', namespace, name: revision };
  const found = await getObject<ControllerRevision>(kube, ref, { signal });
  if (found === undefined) return undefined;
  const { template } = found.data.spec;
  return Object.fromEntries(Object.entries(template).filter(([field]) => field !== '$patch'));
}
