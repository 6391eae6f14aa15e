import type { Spec } from '@kafka-ha/config';
import type { QuorumComponent } from '@kafka-ha/manifests';
import type { ClientName } from './run.ts';
import { isFlat } from './shapes.ts';

/** What ran: who keeps Kafka's metadata is ZooKeeper, of this version, or Kafka itself, of this release's features. */
export type DrilledVersions = { kafka: string; zookeeper?: string; metadata?: string; client: string };

export function drilledVersions(
  { mode, versions: { kafka, zookeeper, metadata } }: Spec,
  client: ClientName,
): DrilledVersions {
  const ofMode = mode === 'zookeeper' ? { zookeeper } : { metadata };
  return { kafka, ...ofMode, client: clients[client](kafka) };
}

const clients: Record<ClientName, (kafka: string) => string> = {
  own: () => 'kafka-ha workload',
  kafkajs: () => 'kafkajs 2.2.4',
  // That of the brokers' image.
  java: (kafka) => `kafka-clients ${kafka}`,
};

/** Who kept the metadata, and of which version it was: of controllers, the release of its features. */
export function keeperOf({ zookeeper, metadata = '' }: DrilledVersions): {
  component: QuorumComponent;
  version: string;
} {
  return zookeeper === undefined
    ? { component: 'controller', version: metadata }
    : { component: 'zookeeper', version: zookeeper };
}

/** Whether what stands in a file is of this form. */
export function areDrilledVersions(versions: Record<string, unknown>): boolean {
  const keepers = [versions.zookeeper, versions.metadata];
  return (
    isFlat(versions, { kafka: 'string', client: 'string' }) &&
    keepers.every((version) => version === undefined || typeof version === 'string')
  );
}
