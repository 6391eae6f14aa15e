import { deleteTopics } from '@kafka-ha/kafka';
import { deleteObject, listObjects, refOf, waitFor } from '@kafka-ha/kube';
import { openKafka, type Cluster } from '../connect.ts';
import { benchTopic } from './bench-topic.ts';
import { benchLabels } from './producer-job.ts';

/** Removes what this or an earlier bench has made: first the producers, then the topic. What is not there is no error. */
export async function removeTraces(cluster: Cluster, signal: AbortSignal): Promise<void> {
  const { kube } = cluster;
  for (const job of await ours(cluster, 'batch/v1', 'Job', signal))
    await deleteObject(kube, refOf(job), { signal });
  await waitFor(
    'the pods of the bench to be gone',
    async (probeSignal) => ((await ours(cluster, 'v1', 'Pod', probeSignal)).length === 0 ? true : undefined),
    { deadlineMs: 30_000, intervalMs: 250, signal, clock: kube.clock },
  );
  await using kafka = await openKafka(cluster, signal);
  await deleteTopics(kafka, [benchTopic]);
}

function ours({ kube, spec }: Cluster, apiVersion: string, kind: string, signal: AbortSignal) {
  const labelSelector = Object.entries(benchLabels(spec))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  return listObjects(kube, { apiVersion, kind, namespace: spec.namespace, labelSelector }, { signal });
}
