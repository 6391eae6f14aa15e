import { KafkaHaError } from '@kafka-ha/errors';
import { getObject, type KubeObject } from '@kafka-ha/kube';
import type { JsonObject } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';

type ControllerRevision = KubeObject & { data: { spec: { template: JsonObject } } };

/**
 * The pods' template of one revision of a StatefulSet, without the mark that makes of it a patch.
 *
 * @throws KafkaHaError `not-found` where Kubernetes keeps that revision no more.
 */
export async function revisionTemplate(
  { kube, spec: { namespace } }: Cluster,
  revision: string,
  signal: AbortSignal,
): Promise<JsonObject> {
  const ref = { apiVersion: 'apps/v1', kind: 'ControllerRevision', namespace, name: revision };
  const found = await getObject<ControllerRevision>(kube, ref, { signal });
  if (found === undefined)
    throw new KafkaHaError('not-found', `There is no ControllerRevision ${namespace}/${revision}.`);
  const { template } = found.data.spec;
  return Object.fromEntries(Object.entries(template).filter(([field]) => field !== '$patch'));
}
