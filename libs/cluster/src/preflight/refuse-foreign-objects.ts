import { KafkaHaError } from '@kafka-ha/base';
import { listObjects } from '@kafka-ha/kube';
import { isOurs, renderObjects } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';

/**
 * Refuses to touch objects of the same name that another tool made: taking them over would restart its cluster with
 * this project's settings.
 *
 * @throws KafkaHaError `conflict`, naming them.
 */
export async function refuseForeignObjects({ kube, spec, signal }: Cluster): Promise<void> {
  const desired = renderObjects(spec);
  const kinds = new Map(
    desired.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]),
  );
  const foreign = await Promise.all(
    [...kinds.values()].map(async ({ apiVersion, kind }) => {
      const wanted = new Set(
        desired.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name),
      );
      const live = await listObjects(kube, { apiVersion, kind, namespace: spec.namespace }, { signal });
      return live
        .filter((object) => wanted.has(object.metadata.name) && !isOurs(spec, object))
        .map((object) => `${kind} ${object.metadata.name}`);
    }),
  );
  const found = foreign.flat();
  if (found.length === 0) return;
  throw new KafkaHaError(
    'conflict',
    `namespace ${spec.namespace} holds objects of cluster ${spec.name} that kafka-ha did not create`,
    {
      details: found,
      hint: 'Choose another `name` or `namespace` in the cluster file. Nothing was changed.',
    },
  );
}
