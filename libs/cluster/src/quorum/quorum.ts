import { quorumComponentOf, type QuorumComponent } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { kraftQuorum } from './kraft-quorum.ts';
import type { Quorum } from './quorum-port.ts';
import { zookeeperQuorum } from './zookeeper-quorum.ts';

/** Who keeps a cluster's metadata. */
export function quorumOf(cluster: Cluster): Quorum {
  return quorums[quorumComponentOf(cluster.spec)](cluster);
}

const quorums: Record<QuorumComponent, (cluster: Cluster) => Quorum> = {
  zookeeper: zookeeperQuorum,
  controller: kraftQuorum,
};
