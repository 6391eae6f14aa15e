import type { Spec } from '@kafka-ha/config';
import { quorumComponentOf, type QuorumComponent } from '@kafka-ha/manifests';
import type { Finding } from '../finding.ts';
import type { State } from '../state.ts';
import { controllingBrokerFindings } from './brokers.ts';
import { controllerFindings } from './controllers.ts';
import { metadataFindings } from './metadata.ts';
import { zookeeperFindings } from './zookeeper.ts';

/** What is wrong with whoever keeps Kafka's metadata. */
export function quorumFindings(spec: Spec, state: State): Finding[] {
  return judges[quorumComponentOf(spec)](spec, state);
}

const judges: Record<QuorumComponent, (spec: Spec, state: State) => Finding[]> = {
  zookeeper: (spec, state) => [...zookeeperFindings(spec, state), ...controllingBrokerFindings(state)],
  controller: (spec, state) => [...controllerFindings(spec, state), ...metadataFindings(spec, state)],
};
