import type { Reading } from '@kafka-ha/health';
import { podNameOf } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { reading } from '../state/reading.ts';
import type { PodSample } from './sample.ts';
import { samplePod } from './sample-pod.ts';

/** One sample of each broker, now, by its id; what does not tell has the reason. */
export async function sampleBrokers(
  cluster: Cluster,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Reading<PodSample>>> {
  const samples = ids.map(async (id) => {
    const pod = podNameOf(cluster.spec, 'kafka', id);
    return [id, await reading(() => samplePod(cluster, { pod, component: 'kafka' }))] as const;
  });
  return new Map(await Promise.all(samples));
}
