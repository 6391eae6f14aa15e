import { getObject, listObjects, type Pod, type StatefulSet } from '@kafka-ha/kube';
import { configAnnotation, fromProperties, names } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { membersQuery, statefulSetRef } from '../refs.ts';

/**
 * The settings that each broker reads at its start, as they were applied last: of the StatefulSet, or where it is missing, of a
 * pod. Undefined before the first deployment.
 */
export async function readServerProperties({
  kube,
  spec,
  signal,
}: Cluster): Promise<Record<string, string> | undefined> {
  const name = names(spec).kafka;
  const ref = statefulSetRef(spec, 'kafka');
  const set = await getObject<StatefulSet>(kube, ref, { signal });
  const template = set?.spec['template'] as Pick<Pod, 'metadata'> | undefined;
  const pods = async () => {
    const selection = membersQuery(spec, 'Pod');
    return (await listObjects<Pod>(kube, selection, { signal })).find((pod) =>
      pod.metadata.name.startsWith(`${name}-`),
    );
  };
  const { metadata } = template ?? (await pods()) ?? {};
  const text = metadata?.annotations?.[configAnnotation('server.properties')];
  return text === undefined ? undefined : fromProperties(text);
}
