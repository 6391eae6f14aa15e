import type { Spec } from '@kafka-ha/config';
import { protocolMapOf } from '../kafka/listeners.ts';
import { controllerListener } from '../kraft/controller-config.ts';
import { kraftBrokers } from '../kraft/kraft-quorum.ts';
import type { QuorumManifests } from '../quorum-manifests.ts';
import { zookeeperBrokers } from '../zookeeper/zookeeper-quorum.ts';
import { migrationFlag } from './migration-settings.ts';

/**
 * Brokers that use ZooKeeper and are known to the controllers, who take over from it once all brokers are. From then on the
 * controllers judge who lives, so what a JVM leaves behind when it dies is ended at both.
 */
export const migratingBrokers: QuorumManifests = {
  broker: {
    ...zookeeperBrokers.broker,
    settings: migratingSettings,
    ...(kraftBrokers.broker.registrationLog && { registrationLog: kraftBrokers.broker.registrationLog }),
  },
  startScript: {
    ...zookeeperBrokers.startScript,
    endOldRegistration: (spec) =>
      [kraftBrokers, zookeeperBrokers]
        .map(({ startScript }) => startScript.endOldRegistration(spec))
        .join('\n  '),
  },
  sessionMs: zookeeperBrokers.sessionMs,
  sessionEndMs: zookeeperBrokers.sessionEndMs,
};

function migratingSettings(spec: Spec): Record<string, string> {
  const { broker } = zookeeperBrokers;
  const quorum = Object.entries(kraftBrokers.broker.settings(spec)).filter(
    ([key]) => key !== 'process.roles',
  );
  return {
    ...Object.fromEntries(quorum),
    ...broker.settings(spec),
    'listener.security.protocol.map': `${protocolMapOf(broker.ports)},${controllerListener}:PLAINTEXT`,
    [migrationFlag]: 'true',
  };
}
