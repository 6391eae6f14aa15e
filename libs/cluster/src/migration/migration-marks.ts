import type { Spec } from '@kafka-ha/config';
import { applyObject, getObject, type KubeObject } from '@kafka-ha/kube';
import { componentLabels, names, quorumFiles } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from '../cluster.ts';

/** What is written down of a migration, beside what the controllers' volumes are formatted with. */
export type MigrationMarks = {
  /** The id that the cluster has from ZooKeeper; it keeps it for good. */
  zookeeperId?: string;
  /** Since when it is on its way, ISO 8601; broker volumes stay such as ZooKeeper's brokers take as long as this is there. */
  since?: string;
  isFinalizing?: boolean;
};

/** Its own, so that applying the ConfigMap again leaves what it has set. */
const fieldManager = 'kafka-ha-migration';

export async function readMigrationMarks({ kube, spec, signal }: Cluster): Promise<MigrationMarks> {
  const ref = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: spec.namespace,
    name: names(spec).quorumConfig,
  };
  const config = await getObject<KubeObject & { data?: Record<string, string> }>(kube, ref, { signal });
  const { data = {} } = config ?? {};
  const { [quorumFiles.migratedId]: zookeeperId, [quorumFiles.migratingSince]: since } = data;
  return {
    ...(zookeeperId !== undefined && { zookeeperId }),
    ...(since !== undefined && { since }),
    isFinalizing: data[quorumFiles.finalizing] !== undefined,
  };
}

/** All of them at once: one that is not given is taken away. */
export async function writeMigrationMarks(
  { kube, spec, signal }: FencedCluster,
  { zookeeperId, since, isFinalizing = false }: MigrationMarks,
): Promise<void> {
  const data = {
    ...(zookeeperId !== undefined && { [quorumFiles.migratedId]: zookeeperId }),
    ...(since !== undefined && { [quorumFiles.migratingSince]: since }),
    ...(isFinalizing && { [quorumFiles.finalizing]: 'true' }),
  };
  await applyObject(kube, { ...quorumConfigOf(spec), data }, { fieldManager, signal });
}

/** With the labels by which it is this project's, also where it is made here. */
function quorumConfigOf(spec: Spec) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names(spec).quorumConfig,
      namespace: spec.namespace,
      labels: componentLabels(spec, 'controller'),
    },
  };
}
