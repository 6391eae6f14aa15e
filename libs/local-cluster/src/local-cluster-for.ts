import type { Spec } from '@kafka-ha/config';
import { components, quorumComponentsOf } from '@kafka-ha/manifests';
import type { UpOptions } from './local-cluster.ts';
import { imageVersionsOf } from './software.ts';

/** The nodes and the images that the cluster of a file needs. */
export function localClusterFor(spec: Spec): Required<Pick<UpOptions, 'workers' | 'images'>> {
  const quorums = quorumComponentsOf(spec);
  const isApart = quorums.some((component) => components[component].separation(spec) === 'required');
  const forBrokers = Math.ceil(spec.brokers / spec.placement.brokersPerNode);
  const forQuorum = Math.max(...quorums.map((component) => components[component].wanted(spec).pods));
  return {
    workers: isApart ? forBrokers + forQuorum : Math.max(forBrokers, forQuorum),
    images: imageVersionsOf(spec),
  };
}
