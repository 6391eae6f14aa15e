import { waitFor } from '@kafka-ha/base';
import { applyObject, getObject, type KubeObject } from '@kafka-ha/kube';
import { names, quorumFiles } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from '../cluster.ts';

type ConfigMap = KubeObject & { data?: Record<string, string> };

/** Its own, so that applying the ConfigMap again leaves what it has set. */
const fieldManager = 'kafka-ha-quorum';

/** The controllers' ports are open by then: what is left is an election, and the others' first fetches. */
const wholeWithinMs = 120_000;

/**
 * Takes down that the quorum has formed, once every controller has all that the active one has. From then on no empty volume of
 * a controller is formatted by itself, and one that a killed run has allowed to be is not either. Where that is taken down already
 * nobody is asked.
 *
 * @throws KafkaHaError `deadline-exceeded` where the controllers do not come together.
 */
export async function markFormed(
  cluster: FencedCluster,
  whyNotWhole: (signal: AbortSignal) => Promise<readonly string[]>,
): Promise<void> {
  const { formed, format } = await readMarks(cluster);
  if (formed !== undefined && format === undefined) return;
  await waitFor(
    'every controller to have all that the active one has',
    async (probe) => (await whyNotWhole(probe)).length === 0,
    { deadlineMs: wholeWithinMs, intervalMs: 500, signal: cluster.signal, clock: cluster.kube.clock },
  );
  await writeMarks(cluster, {});
}

/** Lets the one pod of this name format its volume, should it find that empty, until `endFormatting`. */
export async function allowFormatting(cluster: FencedCluster, pod: string): Promise<void> {
  await writeMarks(cluster, { [quorumFiles.format]: pod });
}

export async function endFormatting(cluster: FencedCluster): Promise<void> {
  const { format } = await readMarks(cluster);
  if (format !== undefined) await writeMarks(cluster, {});
}

async function readMarks({ kube, spec, signal }: Cluster): Promise<Record<string, string>> {
  const config = await getObject<ConfigMap>(kube, configRef(spec), { signal });
  return config?.data ?? {};
}

/** All of them at once: a key that is not sent is taken away. The quorum has formed whenever one is. */
async function writeMarks(
  { kube, spec, signal }: FencedCluster,
  marks: Record<string, string>,
): Promise<void> {
  const { apiVersion, kind, namespace, name } = configRef(spec);
  const data = { [quorumFiles.formed]: 'true', ...marks };
  await applyObject(
    kube,
    { apiVersion, kind, metadata: { namespace, name }, data },
    { fieldManager, signal },
  );
}

function configRef(spec: Cluster['spec']) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: spec.namespace,
    name: names(spec).quorumConfig,
  };
}
