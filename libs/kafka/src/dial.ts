import type { Duplex } from 'node:stream';

export type Address = { host: string; port: number };

/**
 * Opens a byte stream to an address as Kafka advertises it. Returns at once; the stream emits `connect` when it is open
 * and `error` if it cannot be. The address need not be routable from here: whoever dials may map it, e.g. a broker's
 * Service to a port-forward to its pod.
 */
export type Dial = (address: Address) => Duplex;

export function addressText({ host, port }: Address): string {
  return `${host}:${port}`;
}
