import { readSamples, samplePod, type Cluster, type PodSample, type SampledPod } from '@kafka-ha/cluster';
import { componentsOf, components, ordinals, podNameOf } from '@kafka-ha/manifests';

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

/** One sample of each pod, now; none of a pod that is away. */
export async function samplePods(
  cluster: Cluster,
  targets: readonly SampledPod[],
): Promise<ReadonlyMap<string, PodSample>> {
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
  samples: ReadonlyMap<string, readonly PodSample[]>;
  /** Waits for the turn that is going on. */
  stop(): Promise<void>;
};

/** Samples the pods all the time, each by itself. A pod that is away for a while is sampled again when it is back. */
export function keepSampling(cluster: Cluster, targets: readonly SampledPod[]): Sampling {
  const stopped = new AbortController();
  const over = AbortSignal.any([cluster.signal, stopped.signal]);
  const samples = new Map<string, PodSample[]>(targets.map(({ pod }) => [pod, []]));
  const turn = { samples: samplesPerTurn, intervalSeconds };
  const loops = targets.map(async (target) => {
    while (!over.aborted) {
      try {
        samples.get(target.pod)?.push(...(await readSamples(cluster, target, turn)));
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
