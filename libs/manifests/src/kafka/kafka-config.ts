import { type Spec, brokerKeysOf } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { componentLabels } from '../labels.ts';
import { names } from '../names.ts';
import { toProperties } from '../properties.ts';
import { quorumManifests } from '../quorum.ts';
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

/** All that running brokers of this version take over, all alike and without a restart, by name. */
export function dynamicKeysOf(kafkaVersion: string): string[] {
  return Object.entries(brokerKeysOf(kafkaVersion))
    .filter(([, { update }]) => update === 'cluster-wide')
    .map(([key]) => key)
    .sort();
}

/**
 * The keys that running brokers take over without a restart. Outside the pod's template, so that a change of them makes
 * no new revision; a broker that starts reads them from here.
 */
export function dynamicConfigMap(spec: Spec): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names(spec).dynamicConfig,
      namespace: spec.namespace,
      labels: componentLabels(spec, 'kafka'),
    },
    data: { 'dynamic.properties': toProperties(kafkaConfigOf(spec).dynamic) },
  };
}
