import type { Finding } from '../source/finding.ts';
import type { UnsizedSpec } from '../spec-of.ts';
import { prove } from './prove.ts';

/** Why the cluster cannot keep its promise; empty where it can. */
export function proveCluster(spec: UnsizedSpec): Finding[] {
  const proof = prove({
    ...spec.replication,
    brokers: spec.brokers,
    tolerance: spec.tolerance,
    zookeeperServers: spec.zookeeper.servers,
  });
  return proof.kind === 'holds'
    ? []
    : proof.reasons.map((message) => ({ paths: [['tolerance'], ['brokers']], message }));
}
