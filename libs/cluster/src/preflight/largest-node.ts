import type { NodeRoom } from '@kafka-ha/config';
import { suits } from '@kafka-ha/planning';
import type { Cluster } from '../cluster.ts';
import { readNodes } from '../state/read-nodes.ts';
import { needsOfBrokers } from './check-nodes.ts';

/** The most that one node, of those that may hold brokers, offers to pods; undefined where nodes may not be listed. */
export async function readLargestNode({ kube, spec, signal }: Cluster): Promise<NodeRoom | undefined> {
  const nodes = await readNodes(kube, signal);
  const needs = needsOfBrokers(spec);
  const rooms = (nodes ?? []).filter((node) => suits(node, needs)).flatMap(({ room }) => room ?? []);
  if (rooms.length === 0) return undefined;
  return {
    cpuMillis: Math.max(...rooms.map(({ cpuMillis }) => cpuMillis)),
    memoryBytes: Math.max(...rooms.map(({ memoryBytes }) => memoryBytes)),
  };
}
