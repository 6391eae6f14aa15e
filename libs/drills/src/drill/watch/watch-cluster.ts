import { type Cluster, quorumOf, readPods, withSignal } from '@kafka-ha/cluster';
import type { Sightings } from '@kafka-ha/history';
import { drillTopic } from '../drill-topic.ts';

const podsEveryMs = 500;

export type WatchOptions = { partitions: number; clockOffsetMs: number };

/** Takes down what happens to pods, registrations and partitions until it is disposed of. What cannot be seen is left out. */
export function watchCluster(
  cluster: Cluster,
  { clockOffsetMs, partitions }: WatchOptions,
): { sightings: Sightings } & AsyncDisposable {
  const sightings: Sightings = { pods: [], registrations: [], partitions: [] };
  const stopped = new AbortController();
  const until = AbortSignal.any([cluster.signal, stopped.signal]);
  const now = () => cluster.kube.clock.wallTime() + clockOffsetMs;
  const watched = withSignal(cluster, until);
  const watching = Promise.all([
    watchPods(watched, { sightings, now }),
    quorumOf(watched).watch({ sightings, now, topic: drillTopic, partitions }),
  ]);
  return {
    sightings,
    [Symbol.asyncDispose]: async () => {
      stopped.abort();
      await watching;
    },
  };
}

async function watchPods(
  cluster: Cluster,
  { sightings, now }: { sightings: Sightings; now: () => number },
): Promise<void> {
  const { clock } = cluster.kube;
  while (!cluster.signal.aborted) {
    try {
      const epochMs = now();
      sightings.pods.push({ epochMs, pods: await readPods(cluster) });
    } catch {
      // Seen again at the next look.
    }
    await clock.sleep(podsEveryMs, cluster.signal).catch(() => undefined);
  }
}
