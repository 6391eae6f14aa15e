import { podHost } from '../hosts.ts';
import { names, type ClusterName } from '../names.ts';

/** Where in ZooKeeper this cluster keeps its state. */
export const zookeeperChroot = '/kafka';

export const zookeeperPorts = { clients: 2181, quorum: 2888, election: 3888 } as const;

type Place = ClusterName & { namespace: string };

export function zookeeperHost(cluster: Place, ordinal: number): string {
  return podHost(cluster, 'zookeeper', ordinal);
}

/** The Service behind which any ZooKeeper server answers. */
export function anyZookeeper(cluster: ClusterName): string {
  return `${names(cluster).zookeeper}-any`;
}

/** Whichever ZooKeeper server it is. The name is there before any server, and is never looked up in vain. */
export function anyZookeeperHost(cluster: Place): string {
  return `${anyZookeeper(cluster)}.${cluster.namespace}.svc`;
}
