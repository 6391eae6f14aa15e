import { KafkaHaError } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { components, componentsOf, names, renderObjects } from '@kafka-ha/manifests';
import { suits, takesPod, type NodeNeeds, type NodeState } from '@kafka-ha/planning';
import type { Cluster } from '../cluster.ts';
import { readNodes } from '../state/read-nodes.ts';

/**
 * Refuses a target with too few nodes before anything is applied, where no more can come. Where some can, for a cloud makes
 * them or those that are there become ready, too few are said, and the scheduler's own word on a pending pod decides; the
 * same where nodes may not be listed.
 *
 * @throws KafkaHaError `promise-broken`, with the arithmetic.
 */
export async function checkNodes({ kube, spec, signal }: Cluster): Promise<string> {
  const nodes = await readNodes(kube, signal);
  return nodes === undefined ? '' : judgeNodes(spec, nodes);
}

/** What is said of the nodes that there are. */
export function judgeNodes(spec: Spec, nodes: readonly NodeState[]): string {
  const needs = needsOfBrokers(spec);
  const usable = nodes.filter((node) => takesPod(node, needs)).length;
  const needed = Math.max(
    ...componentsOf(spec).map((component) => {
      const { wanted, perNode } = components[component];
      return Math.ceil(wanted(spec).pods / perNode(spec));
    }),
  );
  if (usable >= needed) return `, ${usable} nodes`;
  const why = `${spec.brokers} brokers, ${spec.placement.brokersPerNode} per node, need ${needed} nodes: there are ${usable}`;
  const later = nodes.filter((node) => suits(node, needs)).length;
  if (nodes.length === 0 || nodes.some(({ ofCloud }) => ofCloud)) return `; ${why}, others may be created`;
  if (later >= needed) return `; ${why}, and ${later - usable} that are not ready or cordoned`;
  throw new KafkaHaError('promise-broken', why, {
    hint: 'Add nodes, or set `placement: {brokersPerNode: N}` if losing one node may cost N brokers. Nodes with a taint count if the file tolerates it.',
  });
}

/** As the pods are rendered: whatever the file asks for is in there. */
export function needsOfBrokers(spec: Spec): NodeNeeds {
  const set = renderObjects(spec).find(
    ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === names(spec).kafka,
  );
  const { template } = set?.['spec'] as unknown as { template: { spec: NodeNeeds } };
  const { nodeSelector = {}, tolerations = [] } = template.spec;
  return { nodeSelector, tolerations };
}
