import type { Spec } from '@kafka-ha/config';
import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { componentLabels } from '../labels.ts';
import { names, type ClusterName } from '../names.ts';

/**
 * What a volume is formatted with, and whether it may be. Outside the pods' templates: what matters at a volume's birth
 * alone makes no new revision, and so no restart, when the metadata is raised.
 *
 * Other keys come to it later, from whoever runs this project's operations and under field managers of their own, so that
 * applying this object leaves them: `formed`, once the quorum has been whole for the first time, and `format`, the
 * name of the one pod whose empty volume may be formatted since; of a cluster that has migrated the id that it had before,
 * which counts instead, and while it is on its way since when, and whether the last step has begun.
 */
export function quorumConfigMap(spec: Spec): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names(spec).quorumConfig,
      namespace: spec.namespace,
      labels: componentLabels(spec, 'controller'),
    },
    data: {
      [quorumFiles.clusterId]: clusterIdOf(spec),
      [quorumFiles.release]: spec.versions.metadata,
    },
  };
}

/** Its keys, which are files in the pods. */
export const quorumFiles = {
  clusterId: 'cluster-id',
  release: 'metadata-release',
  formed: 'formed',
  format: 'format',
  migratedId: 'zookeeper-cluster-id',
  migratingSince: 'migrating-since',
  finalizing: 'finalizing',
} as const;

/**
 * What every volume of the cluster is formatted with, and Kafka compares when a node joins: 22 characters of base64url.
 * It follows from the namespace and the name: so the objects are the same each time, nothing has to be kept, and volumes
 * that outlived their cluster belong to the next one of that name.
 */
export function clusterIdOf({ name, namespace }: ClusterName & { namespace: string }): string {
  return createHash('sha256').update(`${namespace}/${name}`).digest().subarray(0, 16).toString('base64url');
}
