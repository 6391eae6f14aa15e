import { stringify } from 'yaml';
import { parseClusterFile } from './parse-cluster-file.ts';
import type { ClusterFileInput } from './schema/cluster-file.ts';
import type { Spec } from './spec.ts';

/** A spec of a minimal cluster file with these differences, e.g. `aSpec({ brokers: 3, tolerance: 1 })`. */
export function aSpec(overrides: Partial<ClusterFileInput> = {}): Spec {
  return parseClusterFile(stringify({ name: 'events', ...overrides }), { file: 'cluster.yaml' }).spec;
}
