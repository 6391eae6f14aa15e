import { type Cluster, quorumOf, readPods } from '@kafka-ha/cluster';
import type { Sightings } from '@kafka-ha/history';
import { drillTopic } from '../drill-topic.ts';

const podsEveryMs = 500;

export type WatchOptions = { partitions: number; clockOffsetMs: number; signal: AbortSignal };

/** Takes down what happens to pods, registrations and partitions until it is disposed of. What cannot be seen is left out. */
export function watchCluster(
  cluster: Cluster,
  { clockOffsetMs, partitions, signal }: WatchOptions,
): { sightings: Sightings } & AsyncDisposable {
  const sightings: Sightings = { pods: [], registrations: [], partitions: [] };
  const stopped = new AbortController();
  const until = AbortSignal.any([signal, stopped.signal]);
  const now = () => cluster.kube.clock.wallTime() + clockOffsetMs;
  const watching = Promise.all([
    watchPods(cluster, { sightings, now, signal: until }),
    quorumOf(cluster).watch({ sightings, now, topic: drillTopic, partitions, signal: until }),
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
  { sightings, now, signal }: { sightings: Sightings; now: () => number; signal: AbortSignal },
): Promise<void> {
  const { clock } = cluster.kube;
  while (!signal.aborted) {
    try {
      const epochMs = now();
      sightings.pods.push({ epochMs, pods: await readPods(cluster, signal) });
    } catch {
      // Seen again at the next look.
    }
    await clock.sleep(podsEveryMs, signal).catch(() => undefined);
  }
}
