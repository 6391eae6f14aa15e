import type { Sizing } from './sizing.ts';
import type { UnsizedSpec } from '../spec-of.ts';

/**
 * Kafka's thread pools for the brokers' CPU, unless the file sets them: on one core 2 network and 4 request threads
 * instead of Kafka's 3 and 8, one fetcher per peer, 2 threads to recover logs at start.
 */
export function sizeThreads({ resources, kafkaConfig }: UnsizedSpec): Sizing['threads'] {
  const cores = Math.ceil(resources.cpuMillis / 1000);
  const pool = (key: string, computed: number, min: number, max: number) =>
    Number(kafkaConfig[key] ?? Math.min(max, Math.max(min, computed)));
  return {
    network: pool('num.network.threads', cores + 1, 2, 8),
    io: pool('num.io.threads', 2 * cores + 2, 4, 16),
    replicaFetchers: pool('num.replica.fetchers', cores, 1, 4),
    recoveryPerDataDir: pool('num.recovery.threads.per.data.dir', 2 * cores, 2, 8),
  };
}
