import type { Spec } from '@kafka-ha/config';
import { zookeeperHost } from '../hosts.ts';
import { zookeeperSnapshotPath, zookeeperTransactionPath } from '../paths.ts';
import { zookeeperPorts } from '../ports.ts';
import { toProperties } from '../properties.ts';

/** The unit of ZooKeeper's clock: sessions end on a multiple of it. */
export const zookeeperTickMs = 1_000;

/** `zoo.cfg`, the same for every server; which one it is comes from its pod's ordinal. */
export function zooConfig(spec: Spec): string {
  const servers = Array.from({ length: spec.zookeeper.servers }, (_, i): [string, string] => [
    `server.${i + 1}`,
    `${zookeeperHost(spec, i)}:${zookeeperPorts.quorum}:${zookeeperPorts.election}`,
  ]);
  return toProperties({
    ...Object.fromEntries(servers),
    '4lw.commands.whitelist': 'mntr,ruok,srvr',
    'admin.enableServer': 'false',
    // ZooKeeper keeps every snapshot for ever otherwise.
    'autopurge.purgeInterval': '1',
    'autopurge.snapRetainCount': '3',
    clientPort: String(zookeeperPorts.clients),
    dataDir: zookeeperSnapshotPath,
    dataLogDir: zookeeperTransactionPath,
    initLimit: '10',
    maxClientCnxns: '60',
    minSessionTimeout: '4000',
    // A server's own name may not resolve yet when it starts.
    quorumListenOnAllIPs: 'true',
    reconfigEnabled: 'false',
    standaloneEnabled: 'false',
    syncLimit: '4',
    tickTime: String(zookeeperTickMs),
  });
}
