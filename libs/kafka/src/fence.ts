/**
 * Awaited right before a change is sent; throws where it must not be sent, as when the lock on the cluster is no longer
 * held.
 */
export type Fence = () => Promise<void>;
