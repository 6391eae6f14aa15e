import { KafkaHaError } from '@kafka-ha/base';
import { readInPod } from '@kafka-ha/kube';
import { componentsOf, components, ordinals, podNameOf, type Component } from '@kafka-ha/manifests';
import { type Cluster } from '@kafka-ha/cluster';
import { parseSamples, samplingCommand, type Sample } from './sample.ts';

export type SampledPod = { pod: string; component: Component };

/** Every two seconds, in turns of 12 s: so long the last samples are waited for, and so much a killed pod takes away. */
const intervalSeconds = 2;
const samplesPerTurn = 7;

export function podsToSample({ spec }: Cluster): SampledPod[] {
  return componentsOf(spec)
    .toReversed()
    .flatMap((component) =>
      ordinals(components[component].wanted(spec).pods).map((ordinal) => ({
        pod: podNameOf(spec, component, ordinal),
        component,
      })),
    );
}

/**
 * One sample of a pod, now.
 *
 * @throws KafkaHaError `pod-failed` where its container does not tell what is needed.
 */
export async function samplePod(cluster: Cluster, target: SampledPod): Promise<Sample> {
  const [sample] = await run(cluster, target, 1);
  if (sample === undefined)
    throw new KafkaHaError('pod-failed', `the CPU and memory of ${target.pod} cannot be read`, {
      hint: 'Its container must see its own cgroup under /sys/fs/cgroup, as with Docker and containerd.',
    });
  return sample;
}

/** One sample of each pod, now; none of a pod that is away. */
export async function samplePods(
  cluster: Cluster,
  targets: readonly SampledPod[],
): Promise<ReadonlyMap<string, Sample>> {
  const found = await Promise.all(
    targets.map(async (target) => {
      const sample = await samplePod(cluster, target).catch(() => undefined);
      return sample === undefined ? [] : [[target.pod, sample] as const];
    }),
  );
  return new Map(found.flat());
}

export type Sampling = {
  /** So far, by pod. */
  samples: ReadonlyMap<string, readonly Sample[]>;
  /** Waits for the turn that is going on. */
  stop(): Promise<void>;
};

/** Samples the pods all the time, each by itself. A pod that is away for a while is sampled again when it is back. */
export function keepSampling(cluster: Cluster, targets: readonly SampledPod[]): Sampling {
  const stopped = new AbortController();
  const over = AbortSignal.any([cluster.signal, stopped.signal]);
  const samples = new Map<string, Sample[]>(targets.map(({ pod }) => [pod, []]));
  const loops = targets.map(async (target) => {
    while (!over.aborted) {
      try {
        samples.get(target.pod)?.push(...(await run(cluster, target, samplesPerTurn)));
      } catch {
        await cluster.kube.clock.sleep(1000 * intervalSeconds, over).catch(() => undefined);
      }
    }
  });
  return {
    samples,
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

async function run(
  { kube, spec, signal }: Cluster,
  { pod, component }: SampledPod,
  samples: number,
): Promise<Sample[]> {
  const { stdout } = await readInPod(kube, {
    namespace: spec.namespace,
    pod,
    container: component,
    command: samplingCommand({ samples, intervalSeconds }),
    timeoutMs: 1000 * samples * intervalSeconds + 15_000,
    signal,
  });
  return parseSamples(stdout, components[component].wanted(spec).heapBytes);
}
