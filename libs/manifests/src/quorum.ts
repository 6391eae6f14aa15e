import type { Spec } from '@kafka-ha/config';
import { quorumComponentsOf, type QuorumComponent } from './components.ts';
import { controllerObjects, kraftBrokers } from './kraft/kraft-quorum.ts';
import { migratingBrokers } from './migration/migration-quorum.ts';
import type { QuorumManifests, QuorumObjects } from './quorum-manifests.ts';
import { zookeeperBrokers, zookeeperObjects } from './zookeeper/zookeeper-quorum.ts';

/** The part of the brokers that depends on who keeps the metadata. */
export function quorumManifests({ mode }: Pick<Spec, 'mode'>): QuorumManifests {
  return brokers[mode];
}

const brokers: Record<Spec['mode'], QuorumManifests> = {
  zookeeper: zookeeperBrokers,
  migrating: migratingBrokers,
  // Not a letter differs: so the last step restarts no broker.
  'dual-write': kraftBrokers,
  kraft: kraftBrokers,
};

/** The objects of those that keep the metadata, in the order of a roll. */
export function quorumObjects(spec: Pick<Spec, 'mode'>): (QuorumObjects & { component: QuorumComponent })[] {
  return quorumComponentsOf(spec).map((component) => ({ component, ...objects[component] }));
}

const objects: Record<QuorumComponent, QuorumObjects> = {
  zookeeper: zookeeperObjects,
  controller: controllerObjects,
};
