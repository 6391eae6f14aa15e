export { bench, type BenchOptions } from './bench/bench.ts';
export type { BenchResult, Latency, MemoryPeaks, PodUsage } from './bench/bench-result.ts';
export { ordinals, openKafka, type Cluster } from './connect.ts';
export { deploy, type DeployOptions } from './deploy/deploy.ts';
export { readState } from './state/read-state.ts';
export type { Actor } from './with-lease.ts';
