import type { Clock } from '@kafka-ha/base';
import { readLogSizes, readReplicas } from '@kafka-ha/cluster';
import type { Usage } from '@kafka-ha/config';
import type { KafkaConnection } from '@kafka-ha/kafka';
import { inflowBetween, keyOf, type LogLook, type LogSizes } from '@kafka-ha/planning';

/** A segment that retention takes hides what came to its partition in the same slice only. */
const sliceMs = 2_000;

type Watch = { ids: readonly number[]; watchMs: number; clock: Clock; signal: AbortSignal };

type Growth = Required<Pick<Usage, 'writtenBytesPerSecond' | 'replicas'>> & {
  /** Partitions whose replicas were being moved, at the most. */
  moving: number;
};

/** What producers write, as the leaders' logs grow. */
export async function watchGrowth(
  kafka: KafkaConnection,
  { ids, watchMs, clock, signal }: Watch,
): Promise<Growth> {
  const started = clock.now();
  const elapsed = () => clock.now() - started;
  let before = await look(kafka, ids);
  let [grown, moving] = [0, before.moving];
  while (elapsed() < watchMs) {
    await clock.sleep(Math.min(sliceMs, watchMs), signal);
    const after = await look(kafka, ids);
    const growth = inflowBetween(before, after, 1);
    grown += after.partitions.reduce((sum, partition) => sum + growth(keyOf(partition)), 0);
    moving = Math.max(moving, after.moving);
    before = after;
  }
  return {
    writtenBytesPerSecond: (grown * 1000) / elapsed(),
    replicas: mostReplicas(before.sizes),
    moving,
  };
}

async function look(kafka: KafkaConnection, ids: readonly number[]): Promise<LogLook & { moving: number }> {
  const [sizes, { partitions, ongoing }] = await Promise.all([readLogSizes(kafka, ids), readReplicas(kafka)]);
  return { sizes, partitions, moving: ongoing.length };
}

function mostReplicas(logs: LogSizes): number {
  return Math.max(0, ...[...logs.values()].map(({ size }) => size));
}
