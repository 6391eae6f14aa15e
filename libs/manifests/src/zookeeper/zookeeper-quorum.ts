import type { Spec } from '@kafka-ha/config';
import { kafkaPorts, tcp } from '../ports.ts';
import type { QuorumManifests, QuorumObjects } from '../quorum-manifests.ts';
import { headlessService, service, tcpPorts } from '../service.ts';
import { endOldSession } from './end-old-session.ts';
import { zookeeperSessionEndMs, zookeeperSessionMs } from './sessions.ts';
import { zookeeperConnection } from './zookeeper-connection.ts';
import { anyZookeeper, anyZookeeperHost, zookeeperPorts } from './zookeeper-addresses.ts';
import { zookeeperStatefulSet } from './zookeeper-stateful-set.ts';

/** The ZooKeeper servers. */
export const zookeeperObjects: QuorumObjects = {
  statefulSet: zookeeperStatefulSet,
  services: (spec) => [
    headlessService(spec, 'zookeeper', zookeeperPorts),
    // Servers that are not ready, too: whether one serves is asked of itself.
    service(spec, 'zookeeper', anyZookeeper(spec), {
      publishNotReadyAddresses: true,
      ports: tcpPorts({ clients: zookeeperPorts.clients }),
    }),
  ],
  ingress: (_spec, { brokers, members, readers }) => [
    { from: [brokers, ...readers], ports: [tcp(zookeeperPorts.clients)] },
    { from: [members], ports: [tcp(zookeeperPorts.quorum), tcp(zookeeperPorts.election)] },
  ],
  configMaps: () => [],
};

/** Brokers whose metadata is in ZooKeeper. */
export const zookeeperBrokers: QuorumManifests = {
  broker: {
    // The controller's requests do not wait behind a queue of produce requests (KIP-291).
    ports: kafkaPorts,
    settings: brokerSettings,
    idSetting: 'broker.id',
    configMaps: () => [],
  },
  startScript: { awaitQuorum, endOldRegistration: endOldSession, format: () => '' },
  sessionMs: zookeeperSessionMs,
  sessionEndMs: zookeeperSessionEndMs,
};

function brokerSettings(spec: Spec): Record<string, string> {
  return {
    ...zookeeperConnection(spec),
    'broker.id.generation.enable': 'false',
    'control.plane.listener.name': 'CONTROL',
    'inter.broker.protocol.version': spec.versions.interBrokerProtocol,
    // Ten seconds of trying in small steps: long enough for a controller that is just being elected.
    'controlled.shutdown.max.retries': '10',
    'controlled.shutdown.retry.backoff.ms': '1000',
  };
}

function awaitQuorum(spec: Spec): string {
  return `# One that cannot reach ZooKeeper exits after 15 s, and the kubelet lets it wait longer after each exit.
limit=$(command -v timeout || true)
zookeeper_serves() {
  echo srvr | \${limit:+timeout 3} nc -w 2 ${anyZookeeperHost(spec)} ${zookeeperPorts.clients} | grep -q '^Mode: '
} 2> /dev/null
if ! zookeeper_serves; then
  say 'waiting for ZooKeeper'
  until zookeeper_serves; do sleep 1; done
fi`;
}
