import type { Spec } from '@kafka-ha/config';
import { dataPath } from '../paths.ts';
import { toProperties } from '../properties.ts';
import { zookeeperTickMs } from './sessions.ts';
import { zookeeperHost, zookeeperPorts } from './zookeeper-addresses.ts';

export const zookeeperSnapshotPath = `${dataPath}/snapshots`;
export const zookeeperTransactionPath = `${dataPath}/transactions`;

/** For a server to take over the leader's state at its start, and for it and the leader to hear of each other afterwards. */
const connectWithinMs = 10_000;
const answerWithinMs = 4_000;

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
    initLimit: String(connectWithinMs / zookeeperTickMs),
    maxClientCnxns: '60',
    // Else 20 ticks.
    maxSessionTimeout: '20000',
    minSessionTimeout: '4000',
    // A server's own name may not resolve yet when it starts.
    quorumListenOnAllIPs: 'true',
    reconfigEnabled: 'false',
    standaloneEnabled: 'false',
    syncLimit: String(answerWithinMs / zookeeperTickMs),
    tickTime: String(zookeeperTickMs),
  });
}
