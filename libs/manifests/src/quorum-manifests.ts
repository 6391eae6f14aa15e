import type { Spec } from '@kafka-ha/config';
import type { BrokerPorts } from './kafka/listeners.ts';
import type { RegistrationLog } from './kafka/logging.ts';
import type { JsonObject, KubernetesObject } from './kubernetes-object.ts';

/** The objects of those that keep Kafka's metadata. */
export type QuorumObjects = {
  statefulSet: (spec: Spec) => KubernetesObject;
  services: (spec: Spec) => KubernetesObject[];
  configMaps: (spec: Spec) => KubernetesObject[];
  /** Who may reach its ports, as a NetworkPolicy's ingress. */
  ingress: (spec: Spec, from: Peers) => JsonObject[];
};

/** Who may reach whom, as peers of a NetworkPolicy. */
export type Peers = { brokers: JsonObject; members: JsonObject; readers: readonly JsonObject[] };

/** What brokers have for the sake of whoever keeps Kafka's metadata. */
export type QuorumManifests = {
  broker: {
    ports: BrokerPorts;
    settings: (spec: Spec) => Record<string, string>;
    /** The setting that says which broker it is. */
    idSetting: 'broker.id' | 'node.id';
    /** Names of ConfigMaps beside the brokers' own. */
    configMaps: (spec: Spec) => string[];
    registrationLog?: RegistrationLog;
  };
  /** Of a broker's start script, in POSIX shell with busybox's tools. */
  startScript: {
    /** Goes on once the broker can register, or can wait for that itself. Sets `$limit`: `timeout`, where the image has it. */
    awaitQuorum: (spec: Spec) => string;
    /** Has the JVM that died in this container counted as dead at once. */
    endOldRegistration: (spec: Spec) => string;
    /** Formats a volume that is empty, where Kafka wants that; the class path is known by then. */
    format: (spec: Spec) => string;
  };
  /** How long a broker that is silent still counts as alive, in milliseconds. */
  sessionMs: number;
  /** By when it no longer does. */
  sessionEndMs: number;
};
