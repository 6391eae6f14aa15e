import type { ClientName } from '@kafka-ha/history';
import type { Consuming, ConsumingOptions } from './consumer-group.ts';
import { Connections } from './kafka/connections.ts';
import { Routes } from './kafka/routes.ts';
import type { Settings } from './settings.ts';
import type { Write } from './writer.ts';

/** The code that a load drives: it writes, and reads as a group of consumers. Ready for both when it is there. */
export type LoadClient = {
  name: ClientName;
  write: Write;
  /** Whether it takes the next record of a partition before it has acknowledged the last one; then each is a write of its own. */
  overlaps?: boolean;
  /** Null where there are no consumers. */
  consume: (options: ConsumingOptions) => Consuming | null;
  close: () => Promise<void>;
};

/**
 * `shared` is the load's own, with which everything is read back whatever the client is.
 *
 * @throws Error where the cluster cannot be written to, or the consumers do not form their group; then it is tried again
 */
export type OpenClient = (
  settings: Settings,
  shared: Connected,
  deadline: AbortSignal,
) => Promise<LoadClient>;

export type Connected = { routes: Routes; connections: Connections };

/** Connections of somebody's own, and what he knows of the leaders. */
export function connect({ run, topic, brokers, requestTimeoutMs }: Settings, role: string): Connected {
  const clientId = `kafka-ha-workload-${run}-${role}`;
  const connections = new Connections({ clientId, connectTimeoutMs: 2000, requestTimeoutMs });
  return { routes: new Routes(topic, brokers, connections), connections };
}

/** A name for each of the consumers. */
export function consumerRoles({ consumers }: Settings): string[] {
  return Array.from({ length: consumers }, (_, index) => `consumer-${index}`);
}
