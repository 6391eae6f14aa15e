import type { Spec } from '@kafka-ha/config';
import { quorumManifests } from '../quorum.ts';
import { dynamicKeysOf } from './dynamic-keys.ts';
import { listenersOf, protocolMapOf, type BrokerPorts } from './listeners.ts';
import { settingsOfAnyBroker } from './settings-of-any-broker.ts';

/** Broker keys, by what a change of them takes: a restart of each broker, or nothing. */
export type KafkaConfig = { restart: Record<string, string>; dynamic: Record<string, string> };

/** Every broker key that is the same for all brokers; those that differ come from the start script. */
export function kafkaConfigOf(spec: Spec): KafkaConfig {
  const { broker } = quorumManifests(spec);
  const all = {
    ...wiring(broker.ports),
    ...broker.settings(spec),
    ...settingsOfAnyBroker(spec),
  };
  const entries = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  const isDynamic = new Set(dynamicKeysOf(spec.versions.kafka));
  return {
    restart: Object.fromEntries(entries.filter(([key]) => !isDynamic.has(key))),
    dynamic: Object.fromEntries(entries.filter(([key]) => isDynamic.has(key))),
  };
}

function wiring(ports: BrokerPorts): Record<string, string> {
  return {
    listeners: listenersOf(ports, () => ''),
    'listener.security.protocol.map': protocolMapOf(ports),
    'inter.broker.listener.name': 'REPLICATION',
  };
}
