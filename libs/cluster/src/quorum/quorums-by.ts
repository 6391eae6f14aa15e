import type { Clock } from '@kafka-ha/base';
import { isMigrating, type Spec } from '@kafka-ha/config';
import type { MetadataState, QuorumServer } from '@kafka-ha/health';
import type { Dial, Registry } from '@kafka-ha/kafka';
import {
  ordinals,
  otherQuorumComponentOf,
  quorumComponentOf,
  type QuorumComponent,
} from '@kafka-ha/manifests';
import { askControllers } from './ask-controllers.ts';
import { registryOf } from './kraft-registry.ts';
import { nodesBy } from './kraft-nodes.ts';
import { migratingRegistry } from './migrating-registry.ts';
import { serversOf } from './read-controllers.ts';
import { metadataOf } from './read-metadata.ts';
import { readZookeeperBy } from './read-zookeeper.ts';
import { zookeeperAddresses } from './zookeeper-addresses.ts';
import { zookeeperRegistryBy } from './zookeeper-registry.ts';

/** Who keeps Kafka's metadata, for one that only reads, and without Kubernetes. */
export type QuorumReader = {
  registry: Registry;
  /** Each server's own word on itself; one that gives none is unreachable, with the reason. */
  readServers: () => Promise<QuorumServer[]>;
  readMetadata?: () => Promise<MetadataState>;
};

export type ReaderOptions = {
  spec: Spec;
  /** To a pod: the host of an address is its name. */
  dial: Dial;
  clock: Clock;
  answerWithinMs: number;
  /** Closes all connections. */
  signal: AbortSignal;
};

/** Whom the brokers go by, and in the middle of a migration the other of the two that keep the metadata. */
export type QuorumReaders = { quorum: QuorumReader; otherQuorum?: QuorumReader };

/** As `quorumOf`, by any way to the pods, of all that keep the metadata. */
export function quorumsBy(options: ReaderOptions): QuorumReaders {
  const other = otherQuorumComponentOf(options.spec);
  return {
    quorum: readers[quorumComponentOf(options.spec)](options),
    ...(other && { otherQuorum: readers[other](options) }),
  };
}

const readers: Record<QuorumComponent, (options: ReaderOptions) => QuorumReader> = {
  zookeeper(options) {
    const { spec, dial, answerWithinMs, signal } = options;
    const servers = zookeeperAddresses({ spec });
    const registry = zookeeperRegistryBy(dial, servers, signal);
    return {
      registry: isMigrating(spec.mode)
        ? migratingRegistry(registry, controllersBy(options).registry)
        : registry,
      readServers: () => readZookeeperBy(dial, servers, { answerWithinMs, signal }),
    };
  },
  controller: controllersBy,
};

function controllersBy({ spec, dial, clock, answerWithinMs, signal }: ReaderOptions): QuorumReader {
  const controllers = ordinals(spec.controllers.servers);
  const nodes = nodesBy(dial, spec, { answerWithinMs, signal });
  return {
    registry: registryOf(nodes, { controllers: controllers.length, clock, signal }),
    readServers: async () => serversOf(await askControllers(nodes, controllers)),
    readMetadata: () => metadataOf(nodes, controllers),
  };
}
