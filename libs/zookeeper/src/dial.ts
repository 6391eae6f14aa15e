import { KafkaHaError } from '@kafka-ha/base';
import type { Duplex } from 'node:stream';

export type Address = { host: string; port: number };

/**
 * Opens a byte stream to a server. Returns at once; what is written before it is open is sent then; it emits `error` if
 * it cannot be opened. The address need not be routable from here: whoever dials may map it to a tunnel.
 */
export type Dial = (address: Address) => Duplex;

export function addressText({ host, port }: Address): string {
  return `${host}:${port}`;
}

export function unreachable(address: Address, reason: string, cause?: unknown): KafkaHaError {
  return new KafkaHaError('zookeeper-unreachable', `ZooKeeper at ${addressText(address)}: ${reason}`, {
    cause,
  });
}
