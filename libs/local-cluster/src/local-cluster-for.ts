import type { Spec } from '@kafka-ha/config';
import { components, quorumComponentOf } from '@kafka-ha/manifests';
import type { UpOptions } from './local-cluster.ts';

/** The nodes and the images that the cluster of a file needs. */
export function localClusterFor(spec: Spec): Required<Pick<UpOptions, 'workers' | 'images'>> {
  const { kafka, zookeeper } = spec.versions;
  const { brokersPerNode, separateZookeeper, separateControllers } = spec.placement;
  const separate = spec.mode === 'zookeeper' ? separateZookeeper : separateControllers;
  const forBrokers = Math.ceil(spec.brokers / brokersPerNode);
  const forQuorum = components[quorumComponentOf(spec)].wanted(spec).pods;
  return {
    workers: separate === 'required' ? forBrokers + forQuorum : Math.max(forBrokers, forQuorum),
    images: { kafka: [kafka], zookeeper: spec.mode === 'zookeeper' ? [zookeeper] : [] },
  };
}
