import { KafkaHaError } from '@kafka-ha/base';
import type { MetadataState } from '@kafka-ha/health';
import { describeFencedBrokersApi, ERROR, FENCED_BROKERS } from '@kafka-ha/kafka-protocol';
import { ordinals } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import {
  activeView,
  askForActive,
  behindMs,
  brokersInTouch,
  isBroker,
  isFetching,
  type QuorumView,
} from './ask-controllers.ts';
import { withNodes, type Nodes } from './kraft-nodes.ts';
import { featuresIn } from './read-features.ts';

const answerWithinMs = 5_000;

/** What the controllers know of the brokers, and what they have finalised. */
export async function readMetadata(cluster: Cluster): Promise<MetadataState> {
  return await withNodes(cluster, answerWithinMs, (nodes) =>
    metadataOf(nodes, ordinals(cluster.spec.controllers.servers)),
  );
}

export async function metadataOf(nodes: Nodes, controllers: readonly number[]): Promise<MetadataState> {
  const [words, features] = await Promise.all([
    askForActive(nodes, controllers),
    featuresIn(nodes, controllers),
  ]);
  const view = activeView(words);
  if (view === undefined) throw new KafkaHaError('kafka-unreachable', 'there is no active controller');
  return { fenced: await readFenced(nodes, view), copies: copiesIn(view), features };
}

/**
 * Brokers that are registered and not alive, which brokers tell from Kafka 4.0 on. Those before it hang up instead, but in a
 * conversation that nobody else is part of; undefined then.
 */
async function readFenced(nodes: Nodes, view: QuorumView): Promise<number[] | undefined> {
  const [witness] = brokersInTouch(view);
  if (witness === undefined) return undefined;
  try {
    const { errorCode, nodes: known } = await nodes.ask(witness, describeFencedBrokersApi, FENCED_BROKERS);
    if (errorCode !== ERROR.none) return undefined;
    return known.filter(({ isFenced }) => isFenced).map(({ nodeId }) => nodeId);
  } catch {
    return undefined;
  }
}

/** Which brokers copy the metadata, and how far each has come. */
export function copiesIn(view: QuorumView): MetadataState['copies'] {
  return view.observers.filter(isBroker).map((observer) => ({
    brokerId: observer.replicaId,
    behindMs: behindMs(view, observer.replicaId) ?? null,
    isFetching: isFetching(view, observer),
  }));
}
