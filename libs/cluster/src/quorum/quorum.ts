import { quorumComponentOf, type QuorumComponent } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { kraftQuorum } from './kraft-quorum.ts';
import type { Quorum } from './quorum-port.ts';
import { zookeeperQuorum } from './zookeeper-quorum.ts';

/** Who keeps a cluster's metadata: of two, in a migration, whom the brokers go by, or the one that is named. */
export function quorumOf(
  cluster: Cluster,
  component: QuorumComponent = quorumComponentOf(cluster.spec),
): Quorum {
  return quorums[component](cluster);
}

const quorums: Record<QuorumComponent, (cluster: Cluster) => Quorum> = {
  zookeeper: zookeeperQuorum,
  controller: kraftQuorum,
};
