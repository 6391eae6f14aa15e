import type { Kube } from './open-kube.ts';
import { podEvents } from './pod-events.ts';
import type { Trouble } from './watch-for-trouble.ts';

/** The first trouble that will not go by itself: a scheduler that gave up on the nodes there are may have a new one coming. */
export async function lastingTrouble(
  kube: Kube,
  troubles: readonly Trouble[],
  signal?: AbortSignal,
): Promise<Trouble | undefined> {
  for (const trouble of troubles) {
    if (trouble.symptom.kind !== 'unschedulable') return trouble;
    const { name, namespace = '', uid } = trouble.pod.metadata;
    const events = await podEvents(kube, { namespace, pod: name, uid, signal });
    // Told by the Cluster Autoscaler and by Karpenter.
    if (!events.some(({ reason }) => reason === 'TriggeredScaleUp' || reason === 'Nominated')) return trouble;
  }
  return undefined;
}
