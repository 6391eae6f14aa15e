import type { Spec } from '@kafka-ha/config';
import { componentsOf, components, quorumComponentOf, type QuorumComponent } from '@kafka-ha/manifests';
import { least } from './least.ts';
import { judgePartitions } from './partition-condition.ts';
import { valueOf, type RegisteredBroker, type State, type TopicState } from './state.ts';
import { mayPause, toleranceOfTopic } from './tolerance-of-topic.ts';

/** The figures of one reading, for whoever draws them. `null` in place of a figure: it could not be read. */
export type Facts = {
  /** How many brokers could be lost at once now, with every partition going on; `promised` is the file's tolerance. */
  losses: { promised: number; now: number | null };
  brokers: { expected: number; registered: number | null; controllerId: number | null };
  /** The servers that keep Kafka's metadata. */
  quorum: { component: QuorumComponent; expected: number; serving: number | null; leader: number | null };
  pods: { expected: number; ready: number | null };
  topics: number | null;
  partitions: { total: number; offline: number; underMinIsr: number; underReplicated: number } | null;
  /** How many partitions each registered broker leads. */
  leaders: { brokerId: number; partitions: number }[] | null;
  fullestDisk: { brokerId: number; usedBytes: number; sizeBytes: number } | null;
};

/** The figures of a state, whether it is healthy or not. */
export function factsOf(spec: Spec, state: State): Facts {
  const brokers = valueOf(state.brokers);
  const pods = valueOf(state.pods);
  const topics = valueOf(state.topics);
  const servers = valueOf(state.quorum);
  const quorum = quorumComponentOf(spec);
  const serving = servers?.filter(({ mode }) => mode !== 'looking' && mode !== 'unreachable');
  return {
    losses: { promised: spec.tolerance, now: topics === undefined ? null : lossesNow(spec, topics) },
    brokers: {
      expected: spec.brokers,
      registered: brokers?.length ?? null,
      controllerId: valueOf(state.controllerId) ?? null,
    },
    quorum: {
      component: quorum,
      expected: components[quorum].wanted(spec).pods,
      serving: serving?.length ?? null,
      leader: serving?.find(({ mode }) => mode === 'leader')?.ordinal ?? null,
    },
    pods: {
      expected: podCount(spec),
      ready: pods?.filter(({ ready, deleting }) => ready && !deleting).length ?? null,
    },
    topics: topics?.length ?? null,
    partitions: topics === undefined ? null : partitionCounts(state, topics),
    leaders: brokers === undefined || topics === undefined ? null : leadersOf(brokers, topics),
    fullestDisk: fullestDisk(state),
  };
}

function podCount(spec: Spec): number {
  return componentsOf(spec).reduce((sum, component) => sum + components[component].wanted(spec).pods, 0);
}

function lossesNow(spec: Spec, topics: readonly TopicState[]): number | null {
  const left = lossesLeft(spec, topics);
  return left === null ? null : Math.max(0, left);
}

/**
 * How many brokers may be lost with every partition going on; below 0 it is how many replicas the weakest partition lacks to take
 * writes. The weakest partition decides. Writes go on while `isr − losses ≥ min.insync.replicas`; no acknowledged record is
 * lost, whatever in-sync set was legal when it was written, while `losses < min.insync.replicas`. A topic that may pause has no say:
 * nothing is promised of it, and a roll takes it away. Null without any partition of another.
 */
export function lossesLeft(spec: Spec, topics: readonly TopicState[]): number | null {
  const promised = topics.filter((topic) => !mayPause(spec, topic));
  const bearable = promised.flatMap((topic) => {
    const { partitions, minInSync } = topic;
    const losses = partitions.map(({ leader, isr }) =>
      // Who is listed as the last in sync is away then, too.
      leader === null ? -minInSync : Math.min(isr.length - minInSync, minInSync - 1),
    );
    // A topic that the file lets bear less counts only once it bears less than that.
    const tolerance = toleranceOfTopic(spec, topic);
    return tolerance === spec.tolerance ? losses : losses.filter((each) => each < tolerance);
  });
  return bearable.length === 0 ? null : least(bearable);
}

function partitionCounts(state: State, topics: readonly TopicState[]): Facts['partitions'] {
  const conditions = topics.flatMap((topic) =>
    judgePartitions(state, topic).map(({ condition }) => condition),
  );
  const counted = (wanted: (typeof conditions)[number]) =>
    conditions.filter((condition) => condition === wanted).length;
  return {
    total: conditions.length,
    offline: counted('offline'),
    underMinIsr: counted('under-min-isr'),
    underReplicated: counted('under-replicated'),
  };
}

function leadersOf(brokers: readonly RegisteredBroker[], topics: readonly TopicState[]): Facts['leaders'] {
  const led = new Map<number | null, number>();
  for (const { partitions } of topics)
    for (const { leader } of partitions) led.set(leader, (led.get(leader) ?? 0) + 1);
  return brokers.map(({ id }) => ({ brokerId: id, partitions: led.get(id) ?? 0 }));
}

function fullestDisk(state: State): Facts['fullestDisk'] {
  const disks = state.disks.flatMap(({ brokerId, usage }) =>
    usage.kind === 'read' ? [{ brokerId, ...usage.value }] : [],
  );
  const share = (disk: (typeof disks)[number]) => disk.usedBytes / disk.sizeBytes;
  return disks.sort((a, b) => share(b) - share(a))[0] ?? null;
}
