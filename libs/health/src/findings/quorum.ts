import { isMigrating, type Spec } from '@kafka-ha/config';
import { quorumComponentOf, type QuorumComponent } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type State } from '../state.ts';
import { controllingBrokerFindings } from './brokers.ts';
import { controllerFindings } from './controllers.ts';
import { metadataFindings } from './metadata.ts';
import { zookeeperFindings } from './zookeeper.ts';

/** What each is called as a source that could not be read. */
export const quorumNames: Record<QuorumComponent, string> = {
  zookeeper: 'ZooKeeper',
  controller: 'controllers',
};

/** What is wrong with whoever keeps Kafka's metadata. */
export function quorumFindings(spec: Spec, state: State): Finding[] {
  return [...judges[quorumComponentOf(spec)](spec, state), ...migrationFindings(spec, state)];
}

/** Of a cluster between ZooKeeper and KRaft: that it is, and what is wrong with the other of the two that keep its metadata. */
function migrationFindings(spec: Spec, state: State): Finding[] {
  if (!isMigrating(spec.mode)) return [];
  const { otherQuorum } = state;
  const other = otherQuorum && { ...state, quorum: otherQuorum };
  const since = valueOf(state.statefulSets)?.controller?.createdAt;
  const { findOther, where, next } = stages[spec.mode];
  return [
    ...(other === undefined ? [] : findOther(spec, other)),
    finding(
      'migration-in-progress',
      'metadata',
      `${since === undefined ? 'It' : `Since ${since} it`} is on its way from ZooKeeper to KRaft: ${where}.`,
      next,
    ),
  ];
}

const stages = {
  migrating: {
    findOther: controllerFindings,
    where: 'the brokers use ZooKeeper, and the controllers copy it and take over',
    next: 'Run `kafka-ha migrate`, which goes on, or `kafka-ha migrate --back`.',
  },
  'dual-write': {
    findOther: zookeeperFindings,
    where: 'the brokers use the controllers, who write everything to ZooKeeper as well',
    next: 'Once you are satisfied, run `kafka-ha migrate --finalize`; until then `kafka-ha migrate --back` leads back.',
  },
} as const;

const judges: Record<QuorumComponent, (spec: Spec, state: State) => Finding[]> = {
  zookeeper: (spec, state) => [
    ...zookeeperFindings(spec, state),
    // Once the controllers have taken over it is none of the brokers.
    ...(isMigrating(spec.mode) ? [] : controllingBrokerFindings(state)),
  ],
  controller: (spec, state) => [...controllerFindings(spec, state), ...metadataFindings(spec, state)],
};
