import type { MetadataState, QuorumServer } from '@kafka-ha/health';
import type { Sightings } from '@kafka-ha/history';
import type { FencedKafka, Registry } from '@kafka-ha/kafka';
import type { QuorumComponent } from '@kafka-ha/manifests';
import type { FencedCluster } from '../cluster.ts';

/** Who keeps Kafka's metadata, as far as operations and drills have to ask it. */
export type Quorum = {
  /** Whose pods its servers are. */
  component: QuorumComponent;
  /** Who is the controller, who is registered, what is assigned where. Close it when done. */
  registry: () => Registry;
  /** Each server's own word on itself; one that gives none is unreachable, with the reason. */
  readServers: (options?: ReadServersOptions) => Promise<QuorumServer[]>;
  /** What its servers lack to be whole, as sentence parts that follow on a server's name; none: nothing. */
  whyNotWhole: () => Promise<readonly string[]>;
  /** Takes down who is registered and what becomes of each partition of a topic, until the cluster's signal fires. */
  watch: (watch: RegistryWatch) => Promise<void>;
  /** After its servers have come up: takes down that it has formed, where anything depends on that. */
  keepFormed: (cluster: FencedCluster) => Promise<void>;
  /** What else it knows, where it is more than who its servers are. */
  readMetadata?: () => Promise<MetadataState>;
  /** Forgets brokers that are gone for good, where it does not by itself. */
  forget: (kafka: FencedKafka, brokerIds: readonly number[]) => Promise<void>;
};

export type ReadServersOptions = {
  /** Only these; all of the file's by default. */
  ordinals?: readonly number[];
  answerWithinMs?: number;
};

export type RegistryWatch = {
  sightings: Pick<Sightings, 'registrations' | 'partitions'>;
  /** By the clock that the sightings are to be told in, since 1970. */
  now: () => number;
  topic: string;
  partitions: number;
};
