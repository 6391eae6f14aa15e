import { setTimeout as sleep } from 'node:timers/promises';
import type { Usage } from '@kafka-ha/config';
import { readCluster, readDisks, type KafkaConnection } from '@kafka-ha/kafka';
import { type Cluster, openKafka, readLogSizes } from '@kafka-ha/cluster';
import { inflowBetween } from '@kafka-ha/planning';

/** A segment that retention takes hides what came to its partition in the same slice only. */
const sliceMs = 2_000;

/** Watches the cluster for a while: what producers write, as their partitions grow, and how full the fullest volume is. */
export async function readUsage(
  cluster: Cluster,
  { watchMs, signal }: { watchMs: number; signal: AbortSignal },
): Promise<Usage> {
  await using kafka = await openKafka(cluster, signal);
  const ids = (await readCluster(kafka)).brokers.map(({ id }) => id);
  const writtenBytesPerSecond = await watchGrowth(kafka, { ids, watchMs, signal });
  const disks = (await Promise.all(ids.map((id) => readDisks(kafka, id)))).flat();
  return { writtenBytesPerSecond, usedBytes: Math.max(0, ...disks.map(({ usedBytes }) => usedBytes)) };
}

async function watchGrowth(
  kafka: KafkaConnection,
  { ids, watchMs, signal }: { ids: readonly number[]; watchMs: number; signal: AbortSignal },
): Promise<number> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let grown = 0;
  let before = await readLogSizes(kafka, ids);
  while (elapsed() < watchMs) {
    await sleep(Math.min(sliceMs, watchMs), undefined, { signal });
    const after = await readLogSizes(kafka, ids);
    const growth = inflowBetween(before, after, 1);
    const keys = new Set([...after.values()].flatMap((logs) => [...logs.keys()]));
    grown += [...keys].reduce((sum, key) => sum + growth(key), 0);
    before = after;
  }
  return (grown * 1000) / elapsed();
}
