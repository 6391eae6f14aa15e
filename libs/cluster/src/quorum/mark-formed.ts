import { applyObject, getObject, type KubeObject, waitFor } from '@kafka-ha/kube';
import { names, quorumFiles } from '@kafka-ha/manifests';
import type { FencedCluster } from '../cluster.ts';

type ConfigMap = KubeObject & { data?: Record<string, string> };

/** Its own, so that applying the ConfigMap again leaves what it has set. */
const fieldManager = 'kafka-ha-quorum';

/** The controllers' ports are open by then: what is left is an election, and the others' first fetches. */
const wholeWithinMs = 120_000;

/**
 * Takes down that the quorum has formed, once every controller has all that the active one has. From then on no empty volume of
 * a controller is formatted by itself. Where it is taken down already nobody is asked.
 *
 * @throws KafkaHaError `deadline-exceeded` where the controllers do not come together.
 */
export async function markFormed(
  { kube, spec }: FencedCluster,
  whyNotWhole: (signal: AbortSignal) => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<void> {
  const ref = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: spec.namespace,
    name: names(spec).quorumConfig,
  };
  const config = await getObject<ConfigMap>(kube, ref, { signal });
  if (config?.data?.[quorumFiles.formed] !== undefined) return;
  await waitFor(
    'every controller to have all that the active one has',
    async (probe) => (await whyNotWhole(probe)).length === 0,
    { deadlineMs: wholeWithinMs, intervalMs: 500, signal, clock: kube.clock },
  );
  const { apiVersion, kind, namespace, name } = ref;
  const formed = { apiVersion, kind, metadata: { namespace, name }, data: { [quorumFiles.formed]: 'true' } };
  await applyObject(kube, formed, { fieldManager, signal });
}
