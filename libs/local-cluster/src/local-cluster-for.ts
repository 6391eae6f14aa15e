import { hasZookeeper, type Spec } from '@kafka-ha/config';
import { components, quorumComponentsOf } from '@kafka-ha/manifests';
import type { UpOptions } from './local-cluster.ts';

/** The nodes and the images that the cluster of a file needs. */
export function localClusterFor(spec: Spec): Required<Pick<UpOptions, 'workers' | 'images'>> {
  const { kafka, zookeeper } = spec.versions;
  const { brokersPerNode, separateZookeeper, separateControllers } = spec.placement;
  const separation = { zookeeper: separateZookeeper, controller: separateControllers };
  const quorums = quorumComponentsOf(spec);
  const isApart = quorums.some((component) => separation[component] === 'required');
  const forBrokers = Math.ceil(spec.brokers / brokersPerNode);
  const forQuorum = Math.max(...quorums.map((component) => components[component].wanted(spec).pods));
  return {
    workers: isApart ? forBrokers + forQuorum : Math.max(forBrokers, forQuorum),
    images: { kafka: [kafka], zookeeper: hasZookeeper(spec.mode) ? [zookeeper] : [] },
  };
}
