import type { Batch, BrokerLogs } from '../dump-log-segments.ts';

export type BrokersLogs = ReadonlyMap<string, BrokerLogs>;

/** The log of one replica after what happened to it, or undefined where it is gone. */
type Planting = (log: readonly Batch[]) => readonly Batch[] | undefined;

/** Ways to break one replica, by the finding that must name it. */
export const replicaPlantings: Record<'behind' | 'headless' | 'diverged', Record<string, Planting>> = {
  behind: {
    'its tail is cut off': (log) => log.slice(0, -1),
    'only its first batch is left': (log) => log.slice(0, 1),
    'it is empty': () => [],
    'it is not there': () => undefined,
  },
  headless: {
    'its head is cut off': (log) => log.slice(1),
    'only its last batch is left': (log) => log.slice(-1),
  },
  diverged: {
    'a batch is gone from the middle': (log) => log.filter((_, index) => index !== log.length >> 1),
    'a batch has other bytes': (log) =>
      log.map((batch, index) => (index === log.length >> 1 ? { ...batch, crc: batch.crc + 1 } : batch)),
  },
};

/** The same brokers, with one replica of one partition broken. */
export function plantReplica(
  brokers: BrokersLogs,
  { broker, partition, planting }: { broker: string; partition: string; planting: Planting },
): BrokersLogs {
  const logs = new Map(brokers.get(broker));
  const broken = planting(logs.get(partition) ?? []);
  if (broken === undefined) logs.delete(partition);
  else logs.set(partition, broken);
  return new Map([...brokers, [broker, logs]]);
}
