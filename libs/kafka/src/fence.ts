import type { KafkaConnection } from './kafka-connection.ts';

/**
 * Awaited right before a change is sent; throws where it must not be sent, as when the lock on the cluster is no longer
 * held.
 */
export type Fence = () => Promise<void>;

/** A connection through which a cluster may be changed; functions that only read take any connection. */
export type FencedKafka = KafkaConnection & { readonly fence: Fence };
