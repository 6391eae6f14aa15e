import type { Clock } from '@kafka-ha/base';
import {
  apiVersionsApi,
  CLIENT_SOFTWARE,
  ERROR,
  type Metadata,
  metadataApi,
  metadataRequest,
} from '@kafka-ha/kafka-protocol';
import type { Registry } from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { kraftNodes, type Nodes } from './kraft-nodes.ts';
import { kraftRegistry } from './kraft-registry.ts';
import type { RegistryWatch } from './quorum-port.ts';

const answerWithinMs = 1_000;
const pauseMs = 250;

/**
 * As often as a drill's load writes to a partition: to see more often would tell nothing of what the load can feel. A broker hears
 * of a decision within milliseconds, before 4.1 with the next record of the metadata, half a second at the most.
 */
const everyMs = 100;

/** There is a record every half second: a broker whose memory stands still for four of them is no longer told. */
const movesWithinMs = 2_000;

/**
 * Follows who is registered and not fenced, and what becomes of each partition, in the memory of one broker: the first that the
 * controllers say is up to date, and another one when it dies or is no longer told.
 */
export async function watchMetadata(cluster: Cluster, watch: RegistryWatch): Promise<void> {
  const { signal } = cluster;
  const { clock } = cluster.kube;
  const nodes = kraftNodes(cluster, answerWithinMs);
  const registry = kraftRegistry(cluster);
  try {
    await followMetadata({ nodes, registry, brokers: cluster.spec.brokers, clock, signal }, watch);
  } finally {
    nodes.close();
    registry.close();
  }
}

export type Followed = {
  nodes: Nodes;
  registry: Pick<Registry, 'spokesman'>;
  /** How many there should be: others are not taken down. */
  brokers: number;
  clock: Clock;
  signal: AbortSignal;
};

/** Never throws: what cannot be seen now is left out. */
export async function followMetadata(followed: Followed, watch: RegistryWatch): Promise<void> {
  const { registry, clock, signal } = followed;
  const seen = new Map<string, string>();
  while (!signal.aborted) {
    try {
      const spokesman = await registry.spokesman({ upToDate: true });
      if (spokesman !== null) await followBroker(spokesman.brokerId, seen, followed, watch);
    } catch {
      // No controller is active, or the broker went away: another one, or the same a little later.
    }
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}

/** Until its memory stands still. */
async function followBroker(
  id: number,
  seen: Map<string, string>,
  { nodes, brokers, clock, signal }: Followed,
  watch: RegistryWatch,
): Promise<void> {
  let [knows, movedAt] = [-1, clock.now()];
  while (clock.now() - movedAt < movesWithinMs) {
    const from = clock.now();
    const [metadata, { finalizedFeaturesEpoch }] = await Promise.all([
      nodes.ask(id, metadataApi, metadataRequest([watch.topic])),
      nodes.ask(id, apiVersionsApi, CLIENT_SOFTWARE),
    ]);
    // The time of the answer: never before it happened, and never later by more than the pause.
    takeDown(metadata, watch.now(), { seen, brokers, watch });
    if (finalizedFeaturesEpoch > knows) [knows, movedAt] = [finalizedFeaturesEpoch, from];
    await clock.sleep(Math.max(0, everyMs - (clock.now() - from)), signal);
  }
}

/** What differs from what was taken down last. */
function takeDown(
  metadata: Metadata,
  epochMs: number,
  { seen, brokers, watch }: { seen: Map<string, string>; brokers: number; watch: RegistryWatch },
): void {
  const isNew = (what: string, state: unknown) => {
    const text = JSON.stringify(state);
    if (seen.get(what) === text) return false;
    seen.set(what, text);
    return true;
  };
  const { registrations, partitions } = watch.sightings;
  for (const brokerId of ordinals(brokers)) {
    const isThere = metadata.brokers.some(({ nodeId }) => nodeId === brokerId);
    if (isNew(`broker ${brokerId}`, isThere)) registrations.push({ epochMs, brokerId, isThere });
  }
  const topic = metadata.topics.find(
    ({ name, errorCode }) => name === watch.topic && errorCode === ERROR.none,
  );
  for (const { index: partition, leaderId, leaderEpoch, isr } of topic?.partitions ?? []) {
    if (partition >= watch.partitions || !isNew(`partition ${partition}`, [leaderId, leaderEpoch, isr]))
      continue;
    partitions.push({ epochMs, partition, leader: leaderId < 0 ? null : leaderId, isr });
  }
}
