import { abortedError, KafkaHaError, messageOf, readUntil, type Clock } from '@kafka-ha/base';
import type { Assignment, Controller, Registry, Spokesman } from '@kafka-ha/kafka';
import {
  apiVersionsApi,
  CLIENT_SOFTWARE,
  ERROR,
  errorName,
  type Metadata,
  metadataApi,
  metadataRequest,
} from '@kafka-ha/kafka-protocol';
import { ordinalOfController, ordinals } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { activeView, askForActive, brokersInTouch, type QuorumView } from './ask-controllers.ts';
import { kraftNodes, type Nodes } from './kraft-nodes.ts';

const answerWithinMs = 3_000;

/** Kafka's registry with its own controllers. */
export function kraftRegistry(cluster: Cluster): Registry {
  const { kube, spec, signal } = cluster;
  const nodes = kraftNodes(cluster, answerWithinMs);
  return registryOf(nodes, {
    controllers: spec.controllers.servers,
    clock: kube.clock,
    signal,
  });
}

type Options = { controllers: number; clock: Clock; signal: AbortSignal };

/**
 * Who is elected and how far the metadata goes is the word of the active controller itself. It tells nobody what is in it, but
 * for what moves; brokers do, each from its own memory. So a broker is believed once its memory reaches as far as the metadata
 * went when it was asked for: then it holds all that was decided before. Who is registered is who is in it and not fenced.
 */
export function registryOf(nodes: Nodes, { controllers, clock, signal }: Options): Registry {
  let last: number | undefined;

  const view = async () => await readView(nodes, ordinals(controllers));

  async function spokesmanOf(view: QuorumView, options: { upToDate: boolean }): Promise<number> {
    const until = options.upToDate ? view.highWatermark - 1 : -1;
    // The one that was asked last before the others: it is as good, and there is a connection to it.
    const ids = brokersInTouch(view).sort((a, b) => Number(b === last) - Number(a === last));
    last = await firstThatKnows(nodes, { ids, until, clock, signal });
    return last;
  }

  async function metadata(topics: readonly string[]): Promise<Metadata> {
    const active = await view();
    if (active === null) throw new KafkaHaError('kafka-unreachable', 'there is no active controller');
    return await nodes.ask(
      await spokesmanOf(active, { upToDate: true }),
      metadataApi,
      metadataRequest(topics),
    );
  }

  return {
    controllerIsBroker: false,
    controller: async () => {
      const active = await view();
      return active && controllerOf(active);
    },
    spokesman: async (options): Promise<Spokesman | null> => {
      const active = await view();
      return active && { ...controllerOf(active), brokerId: await spokesmanOf(active, options) };
    },
    brokerIds: async () => {
      const { brokers } = await metadata([]);
      return brokers.map(({ nodeId }) => nodeId).sort((a, b) => a - b);
    },
    assignment: async (topic) => assignmentIn(await metadata([topic])),
    close: () => nodes.close(),
  };
}

function controllerOf({ leaderId, leaderEpoch }: QuorumView): Controller {
  return { id: leaderId, term: String(leaderEpoch) };
}

/** Null while nobody is active, in the word of those that would know. */
async function readView(nodes: Nodes, ordinals: readonly number[]): Promise<QuorumView | null> {
  const words = await askForActive(nodes, ordinals);
  const view = activeView(words);
  if (view !== undefined) return view;
  const silent = words.flatMap((word) => (word.kind === 'silent' ? [word] : []));
  const hides = (id: number | null) =>
    silent.some(({ ordinal }) => ordinal === ordinalOfController(id ?? -1));
  if (words.some((word) => word.kind === 'passive' && hides(word.activeId)) || silent.length === words.length)
    throw new KafkaHaError('kafka-unreachable', 'the active controller does not answer', {
      details: silent.map(({ ordinal, reason }) => `controller ${ordinal}: ${reason}`),
    });
  return null;
}

/**
 * Up to 4.0 a broker hears with the next record only that one is decided, and there is a record every half second
 * (metadata.max.idle.interval.ms): twice that, and time for a processor that is busy.
 */
const knowsWithinMs = 3_000;
const askAgainMs = 50;

/**
 * The first of these brokers that answers and whose memory reaches to this record of the metadata. A broker that still uses
 * ZooKeeper, in a migration, is told of each decision and does not count records: it is taken where there is no other, for it has
 * copied all of them a moment ago.
 */
async function firstThatKnows(
  nodes: Nodes,
  { ids, until, clock, signal }: { ids: readonly number[]; until: number } & Omit<Options, 'controllers'>,
): Promise<number> {
  const reasons: string[] = [];
  let told: number | undefined;
  for (const id of ids) {
    try {
      const wait = { deadlineMs: knowsWithinMs, intervalMs: askAgainMs, clock, signal };
      const known = await readUntil(
        () => knowledgeOf(nodes, id),
        ({ usesZookeeper, upTo }) => usesZookeeper || upTo >= until,
        wait,
      );
      if (known.usesZookeeper) told ??= id;
      else if (known.upTo >= until) return id;
      else reasons.push(`broker ${id} lags behind`);
    } catch (error) {
      if (signal.aborted) throw abortedError(signal);
      reasons.push(`broker ${id}: ${messageOf(error)}`);
    }
  }
  if (told !== undefined) return told;
  throw new KafkaHaError('kafka-unreachable', 'no broker is in touch with the active controller', {
    details: reasons,
  });
}

/**
 * The last record that a broker's memory holds, -1 without any: what it gives as the epoch of the finalised features
 * (`KRaftMetadataCache.features`, the same in 3.9.2, 4.0.2, 4.2.2 and 4.4.0).
 */
async function knowledgeOf(
  nodes: Nodes,
  brokerId: number,
): Promise<{ upTo: number; usesZookeeper: boolean }> {
  const { finalizedFeaturesEpoch: upTo, apiKeys } = await nodes.ask(
    brokerId,
    apiVersionsApi,
    CLIENT_SOFTWARE,
  );
  return { upTo, usesZookeeper: apiKeys.some(({ key }) => key === leaderAndIsrKey) };
}

/** By this request alone the controller tells a broker with ZooKeeper who leads; one without does not offer it. */
const leaderAndIsrKey = 4;

function assignmentIn({ topics }: Metadata): Assignment | null {
  const [topic] = topics;
  if (topic === undefined || topic.errorCode === ERROR.unknownTopicOrPartition) return null;
  if (topic.errorCode !== ERROR.none)
    throw new KafkaHaError(
      'kafka-refused',
      `topic ${topic.name} cannot be read: ${errorName(topic.errorCode)}`,
    );
  const partitions = new Map(topic.partitions.map(({ index, replicas }) => [index, replicas]));
  return { topicId: topic.topicId, partitions };
}
