import { isMigrating, type Spec } from '@kafka-ha/config';
import { migrationSettings } from '../migration/migration-settings.ts';
import { settingsOfAnyBroker } from '../kafka/settings-of-any-broker.ts';
import { kafkaLogPath } from '../paths.ts';
import { controllerHosts, controllerId, controllerPorts } from './controller-addresses.ts';
import { brokerSessionMs, heartbeatMs } from './sessions.ts';

/** The settings of the controllers that are the same for all of them; an id and an address come from the start script. */
export function controllerConfigOf(spec: Spec): Record<string, string> {
  return {
    ...readByControllers(spec),
    ...quorumSettings(spec),
    ...(isMigrating(spec.mode) ? migrationSettings(spec) : {}),
    'process.roles': 'controller',
    listeners: `${controllerListener}://:${controllerPorts.controller}`,
    'log.dirs': kafkaLogPath,
    // Kept until a snapshot takes its place: a gigabyte by default, half of the volume.
    'metadata.log.segment.bytes': String(16 * 1024 * 1024),
  };
}

/** What brokers and controllers must have alike. */
export function quorumSettings(spec: Spec): Record<string, string> {
  const voters = controllerHosts(spec).map(
    (host, ordinal) => `${controllerId(ordinal)}@${host}:${controllerPorts.controller}`,
  );
  return {
    // The static quorum: every version knows it, it holds no state, and it can become a dynamic one later; never back.
    'controller.quorum.voters': voters.join(','),
    'controller.listener.names': controllerListener,
    'listener.security.protocol.map': `CLIENT:PLAINTEXT,REPLICATION:PLAINTEXT,${controllerListener}:PLAINTEXT`,
    'broker.heartbeat.interval.ms': String(heartbeatMs),
    'broker.session.timeout.ms': String(brokerSessionMs),
  };
}

export const controllerListener = 'CONTROLLER';

/**
 * The brokers' settings that the active controller goes by, from its own file alone: what topics are made with, who may
 * lead them. Left out they would be Kafka's defaults, by which a topic has one replica.
 */
function readByControllers(spec: Spec): Record<string, string> {
  const entries = Object.entries(settingsOfAnyBroker(spec)).filter(([key]) => keysOfControllers.test(key));
  return { 'num.partitions': '1', ...Object.fromEntries(entries) };
}

const keysOfControllers =
  /^(min\.insync\.replicas|default\.replication\.factor|num\.partitions|unclean\.leader\.election\..*|auto\.leader\.rebalance\.enable|leader\.imbalance\..*|delete\.topic\.enable|(create\.topic|alter\.config)\.policy\.class\.name|socket\.connection\.setup\..*)$/;
