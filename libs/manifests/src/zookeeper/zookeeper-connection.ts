import type { Spec } from '@kafka-ha/config';
import { ordinals } from '../names.ts';
import { zookeeperSessionMs } from './sessions.ts';
import { zookeeperChroot, zookeeperHost, zookeeperPorts } from './zookeeper-addresses.ts';

/** Of whoever reads and writes in ZooKeeper. */
export function zookeeperConnection(spec: Spec): Record<string, string> {
  const servers = ordinals(spec.zookeeper.servers).map((ordinal) => zookeeperHost(spec, ordinal));
  return {
    'zookeeper.connect':
      servers.map((host) => `${host}:${zookeeperPorts.clients}`).join(',') + zookeeperChroot,
    'zookeeper.session.timeout.ms': String(zookeeperSessionMs),
    'zookeeper.connection.timeout.ms': '15000',
  };
}
