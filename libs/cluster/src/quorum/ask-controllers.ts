import { messageOf, systemClock } from '@kafka-ha/base';
import { mostBehindMs } from '@kafka-ha/health';
import {
  describeClusterApi,
  describeQuorumApi,
  ENDPOINT,
  ERROR,
  errorName,
  METADATA_LOG,
  type DescribedQuorum,
} from '@kafka-ha/kafka-protocol';
import { controllerId, ordinalOfController } from '@kafka-ha/manifests';
import type { Nodes } from './kraft-nodes.ts';

/** What the active controller says of the log in which the metadata is. Times are by its clock. */
export type QuorumView = DescribedQuorum['topics'][number]['partitions'][number];

/** What one controller says of itself. */
export type ControllerWord = { ordinal: number } & (
  | { kind: 'active'; view: QuorumView }
  /** By its id who is active, as far as it knows; null: nobody. */
  | { kind: 'passive'; activeId: number | null }
  /** It answers, and does not know yet what it is. */
  | { kind: 'starting'; reason: string }
  | { kind: 'silent'; reason: string }
);

/**
 * Asks each of these controllers what it is. Not a broker: one that is cut off from the controllers has nothing to say, and
 * which controller it has heard of last tells nothing of those that it has not.
 */
export async function askControllers(nodes: Nodes, ordinals: readonly number[]): Promise<ControllerWord[]> {
  return await Promise.all(ordinals.map((ordinal) => askController(nodes, ordinal)));
}

/** For whoever is a second active one, elected meanwhile: it answers as quickly as the first. */
const othersWithinMs = 200;

/** As `askControllers`, without waiting for those that are silent once the active one has spoken. */
export async function askForActive(nodes: Nodes, ordinals: readonly number[]): Promise<ControllerWord[]> {
  const done = new AbortController();
  const words: ControllerWord[] = [];
  const spoken = ordinals.map(async (ordinal) => words.push(await askController(nodes, ordinal)));
  const active = spoken.map(async (word) => {
    await word;
    // Without end where it is not active: the others, or all of them, end the wait.
    if (activeView(words) === undefined) await new Promise(() => undefined);
    await systemClock.sleep(othersWithinMs, done.signal).catch(() => undefined);
  });
  await Promise.race([Promise.all(spoken), ...active]);
  done.abort();
  return [...words];
}

async function askController(nodes: Nodes, ordinal: number): Promise<ControllerWord> {
  try {
    return { ordinal, ...(await wordOf(nodes, controllerId(ordinal))) };
  } catch (error) {
    return { ordinal, kind: 'silent', reason: messageOf(error) };
  }
}

/** Its words without its name. A union's members each lose it. */
type Unnamed<T> = T extends unknown ? Omit<T, 'ordinal'> : never;

async function wordOf(nodes: Nodes, id: number): Promise<Unnamed<ControllerWord>> {
  const { errorCode, topics } = await nodes.ask(id, describeQuorumApi, METADATA_LOG);
  const [view] = topics.flatMap(({ partitions }) => partitions);
  if (errorCode !== ERROR.none || view === undefined)
    return { kind: 'starting', reason: errorName(errorCode) };
  if (view.errorCode === ERROR.none) return { kind: 'active', view: withoutFormer(view) };
  // In the answer of one that is not active the leader is 0, which is a broker: it means nothing.
  if (view.errorCode !== ERROR.notLeaderOrFollower)
    return { kind: 'starting', reason: errorName(view.errorCode) };
  const request = { includeClusterAuthorizedOperations: false, endpointType: ENDPOINT.controller };
  const cluster = await nodes.ask(id, describeClusterApi, request);
  if (cluster.errorCode !== ERROR.none) return { kind: 'starting', reason: errorName(cluster.errorCode) };
  return { kind: 'passive', activeId: cluster.controllerId < 0 ? null : cluster.controllerId };
}

/**
 * A node with a new volume is another observer, under the same id, and the former one is listed for five more minutes
 * (`LeaderState.OBSERVER_SESSION_TIMEOUT_MS`): of each id the one that has fetched last.
 */
function withoutFormer(view: QuorumView): QuorumView {
  const latest = new Map<number, Replica>();
  for (const observer of view.observers) {
    const known = latest.get(observer.replicaId);
    if (known === undefined || known.lastFetchTimestamp < observer.lastFetchTimestamp)
      latest.set(observer.replicaId, observer);
  }
  return { ...view, observers: [...latest.values()] };
}

/**
 * The word of the active controller: of those that take themselves for it the one elected last, and only while a majority
 * follows it. One that was cut off finds out for itself only after three seconds.
 */
export function activeView(words: readonly ControllerWord[]): QuorumView | undefined {
  return words
    .flatMap((word) => (word.kind === 'active' && isFollowed(word.view) ? [word.view] : []))
    .toSorted((a, b) => b.leaderEpoch - a.leaderEpoch)[0];
}

/** The high watermark is known, and so what is decided, once a majority has fetched from it. */
function isFollowed(view: QuorumView): boolean {
  const { highWatermark, currentVoters: voters } = view;
  const following = voters.filter((voter) => isFetching(view, voter));
  return highWatermark >= 0 && following.length > voters.length / 2;
}

type Replica = QuorumView['currentVoters'][number];

/** Whether it has fetched from the active controller lately, which itself counts as always doing so. */
export function isFetching(
  { leaderId, currentVoters }: QuorumView,
  { lastFetchTimestamp: at }: Replica,
): boolean {
  const now = currentVoters.find(({ replicaId }) => replicaId === leaderId)?.lastFetchTimestamp;
  return now !== undefined && at >= 0 && now - at < mostBehindMs;
}

/** Whether an observer is a broker: a controller may be one, too. */
export function isBroker({ replicaId }: Replica): boolean {
  return ordinalOfController(replicaId) === undefined;
}

/** The brokers that have fetched all the metadata lately, those first that have most of it. */
export function brokersInTouch(view: QuorumView): number[] {
  return view.observers
    .filter((observer) => isBroker(observer) && isCaughtUp(view, observer.replicaId))
    .sort((a, b) => b.logEndOffset - a.logEndOffset)
    .map(({ replicaId }) => replicaId);
}

/**
 * For how long, in milliseconds, a voter or an observer has not had all that the active controller has; null: not since that one
 * was elected. Undefined for one that is neither.
 */
export function behindMs({ leaderId, currentVoters, observers }: QuorumView, id: number) {
  const of = (wanted: number) => [...currentVoters, ...observers].find((it) => it.replicaId === wanted);
  const [leader, other] = [of(leaderId), of(id)];
  if (leader === undefined || other === undefined) return undefined;
  if (other.lastCaughtUpTimestamp < 0) return null;
  return Math.max(0, leader.lastCaughtUpTimestamp - other.lastCaughtUpTimestamp);
}

/** Whether a node has what the active controller has, but for what it is just fetching. */
export function isCaughtUp(view: QuorumView, id: number): boolean {
  const behind = behindMs(view, id);
  return behind !== undefined && behind !== null && behind < mostBehindMs;
}
