import type { Sizing } from './sizing.ts';

/**
 * Kafka's thread pools for an amount of CPU: on one core 2 network and 4 request threads instead of Kafka's 3 and 8,
 * 2 fetchers per peer for the followers' traffic and 2 threads to recover logs at start.
 */
export function sizeThreads(cpuMillis: number): Sizing['threads'] {
  const cores = Math.ceil(cpuMillis / 1000);
  return {
    network: clamp(cores + 1, 2, 8),
    io: clamp(2 * cores + 2, 4, 16),
    replicaFetchers: clamp(cores, 2, 4),
    recoveryPerDataDir: clamp(2 * cores, 2, 8),
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
