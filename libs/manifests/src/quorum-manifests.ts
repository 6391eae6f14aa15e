import type { Spec } from '@kafka-ha/config';
import type { JsonObject, KubernetesObject } from './kubernetes-object.ts';

/** What a cluster's objects take from whoever keeps Kafka's metadata. */
export type QuorumManifests = {
  statefulSet: (spec: Spec) => KubernetesObject;
  services: (spec: Spec) => KubernetesObject[];
  /** Who may reach its ports, as a NetworkPolicy's ingress. */
  ingress: (spec: Spec, from: { brokers: JsonObject; members: JsonObject }) => JsonObject[];
  /** The brokers' settings for it. */
  brokerSettings: (spec: Spec) => Record<string, string>;
  /** Of a broker's start script, in POSIX shell with busybox's tools. */
  startScript: {
    /** Goes on once the broker can register. Sets `$limit`: `timeout`, where the image has it. */
    awaitQuorum: (spec: Spec) => string;
    /** Has the JVM that died in this container counted as dead at once. */
    endOldRegistration: (spec: Spec) => string;
  };
  /** How long a broker that is silent still counts as alive, in milliseconds. */
  sessionMs: number;
};
