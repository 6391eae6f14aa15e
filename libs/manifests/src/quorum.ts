import type { Spec } from '@kafka-ha/config';
import { quorumComponentOf, type QuorumComponent } from './components.ts';
import { kraftQuorum } from './kraft/kraft-quorum.ts';
import type { QuorumManifests } from './quorum-manifests.ts';
import { zookeeperQuorum } from './zookeeper/zookeeper-quorum.ts';

/** The part of a cluster's objects that depends on who keeps its metadata. */
export function quorumManifests(spec: Pick<Spec, 'mode'>): QuorumManifests {
  return quorums[quorumComponentOf(spec)];
}

const quorums: Record<QuorumComponent, QuorumManifests> = {
  zookeeper: zookeeperQuorum,
  controller: kraftQuorum,
};
