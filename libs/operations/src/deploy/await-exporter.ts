import { readUntil, runStep, type Step, type StepEvent } from '@kafka-ha/base';
import { type Cluster, reading, readPodsAndExporter } from '@kafka-ha/cluster';
import { exporterFindings, valueOf } from '@kafka-ha/health';
import { getObject, type KubeObject } from '@kafka-ha/kube';
import { names } from '@kafka-ha/manifests';

export const exporterStep: Step = { id: 'exporter', title: 'Bring the exporter up' };

/** It starts in seconds. The cluster does not need it, so nobody has to wait for its image to be pulled. */
const deadlineMs = 30_000;

type Deployment = KubeObject & {
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
  };
};

/**
 * Waits until the exporter's pod is the one that was applied, and ready; where it is not in time, says so and why. A deployment
 * does not fail for it: the cluster serves without.
 */
export async function* awaitExporter(cluster: Cluster): AsyncGenerator<StepEvent, void> {
  const { kube, spec, signal } = cluster;
  const { clock } = kube;
  const { namespace } = spec;
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: names(spec).exporter };
  const look = () => reading(() => getObject<Deployment>(kube, ref, { signal }));
  let isUp = false;
  yield* runStep(exporterStep.id, async function* () {
    yield 'waiting for its pod to be ready';
    const last = await readUntil(look, (seen) => isRolledOut(valueOf(seen)), { deadlineMs, signal, clock });
    isUp = isRolledOut(valueOf(last));
    return isUp ? 'ready' : `gone on without it after ${deadlineMs / 1000} s`;
  });
  if (isUp) return;
  const pods = valueOf(await reading(() => readPodsAndExporter(cluster)));
  const [found] = exporterFindings(spec, pods ?? {});
  const why = found === undefined ? 'it is still starting.' : `${found.subject}: ${found.reason}`;
  yield {
    kind: 'warning',
    message: `The exporter is not ready, so nobody may be watching the cluster: ${why}`,
    hint: found?.action ?? 'Run `kafka-ha health` in some minutes: it names an exporter that does not run.',
  };
}

function isRolledOut(deployment: Deployment | undefined): boolean {
  const { generation = 0 } = deployment?.metadata ?? {};
  const { observedGeneration = -1, replicas, updatedReplicas, availableReplicas } = deployment?.status ?? {};
  return (
    observedGeneration >= generation &&
    [replicas, updatedReplicas, availableReplicas].every((count) => count === 1)
  );
}
