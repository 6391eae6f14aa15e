import { KafkaHaError } from '@kafka-ha/base';
import { readInPod } from '@kafka-ha/kube';
import { components, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { parseSamples, samplingCommand, type PodSample } from './sample.ts';

export type SampledPod = { pod: string; component: Component };

/**
 * One sample of a pod, now.
 *
 * @throws KafkaHaError `pod-failed` where its container does not tell what is needed, `forbidden` where no command may run in it.
 */
export async function samplePod(cluster: Cluster, target: SampledPod): Promise<PodSample> {
  const [sample] = await readSamples(cluster, target, { samples: 1, intervalSeconds: 0 });
  if (sample === undefined)
    throw new KafkaHaError('pod-failed', `the CPU and memory of ${target.pod} cannot be read`, {
      hint: 'Its container must see its own cgroup under /sys/fs/cgroup, as with Docker and containerd.',
    });
  return sample;
}

/** So many samples, one every so many seconds; fewer of a container that ends meanwhile. */
export async function readSamples(
  { kube, spec, signal }: Cluster,
  { pod, component }: SampledPod,
  turn: { samples: number; intervalSeconds: number },
): Promise<PodSample[]> {
  const { stdout } = await readInPod(kube, {
    namespace: spec.namespace,
    pod,
    container: component,
    command: samplingCommand(turn),
    timeoutMs: 1000 * turn.samples * turn.intervalSeconds + 15_000,
    signal,
  });
  return parseSamples(stdout, components[component].wanted(spec).heapBytes);
}
