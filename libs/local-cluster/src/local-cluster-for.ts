import type { Spec } from '@kafka-ha/config';
import type { UpOptions } from '@kafka-ha/local-cluster';
import { components, quorumComponentOf } from '@kafka-ha/manifests';

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
