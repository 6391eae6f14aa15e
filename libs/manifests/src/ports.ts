import type { JsonObject } from './kubernetes-object.ts';

/** Three listeners, so that replication and the controller's requests never queue behind clients. */
export const kafkaPorts = { clients: 9092, replication: 9091, control: 9090 } as const;

/** A port as a NetworkPolicy names it. */
export function tcp(port: number): JsonObject {
  return { port, protocol: 'TCP' };
}
