import { KafkaHaError } from '@kafka-ha/base';
import { quorumComponentOf, type QuorumComponent } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import type { Quorum } from './quorum-port.ts';
import { zookeeperQuorum } from './zookeeper-quorum.ts';

/** Who keeps a cluster's metadata. */
export function quorumOf(cluster: Cluster): Quorum {
  return quorums[quorumComponentOf(cluster.spec)](cluster);
}

const quorums: Record<QuorumComponent, (cluster: Cluster) => Quorum> = {
  zookeeper: zookeeperQuorum,
  controller: () => {
    throw new KafkaHaError('invalid-usage', 'a cluster with mode: kraft cannot be reached yet', {
      hint: 'Its file can be validated and its objects rendered; write mode: zookeeper to deploy.',
    });
  },
};
