import type { PartitionState, PodState, TopicState } from '@kafka-ha/health';
import { ofComponent } from '@kafka-ha/manifests';
import { describeAbsence, othersAway, isServing, rollOrder } from './roll-order.ts';
import type { BrokerScene, RollDecision } from './roll-scene.ts';

/**
 * What a roll of the brokers is to do now. A broker that serves is taken only while all others do, with every replica
 * of every partition in sync, and only if each partition that it holds stays writable without it. So there is never
 * more than one away, and any one more may die meanwhile where the tolerance is two. None is taken where one that is due can
 * never be spared. Topics that may pause are waited for like others, and need not stay writable.
 */
export function nextBroker(scene: BrokerScene): RollDecision {
  const pods = ofComponent(scene.pods, 'kafka');
  const [step] = rollOrder({ ...scene, pods, quorum: [] });
  if (step === undefined) return { kind: 'done' };
  if (step.why === 'stuck') return { kind: 'take', step };
  const [refused] = neverSpared(scene);
  if (refused !== undefined) return refused;
  const reasons = reasonsToWait(step.pod, { ...scene, pods });
  return reasons.length === 0 ? { kind: 'take', step } : { kind: 'wait', step, reasons };
}

/**
 * A refusal for each broker that is due and that no waiting makes spare, whenever its turn is: to find that out after some
 * have been restarted would leave the cluster half changed. Those that are stuck serve nobody and are not asked.
 */
export function neverSpared(
  scene: Pick<BrokerScene, 'pods' | 'due' | 'controllerId' | 'topics' | 'mayPause'>,
): Extract<RollDecision, { kind: 'refuse' }>[] {
  const pods = ofComponent(scene.pods, 'kafka');
  return rollOrder({ ...scene, pods, quorum: [] })
    .filter(({ why }) => why !== 'stuck')
    .map((step) => ({ kind: 'refuse' as const, step, reasons: unwritableWithout(step.pod, scene) }))
    .filter(({ reasons }) => reasons.length > 0);
}

/** Partitions that could not be written without this broker even if all their other replicas were in sync. */
function unwritableWithout(
  { ordinal: id }: PodState,
  { topics, mayPause }: Pick<BrokerScene, 'topics' | 'mayPause'>,
): string[] {
  const promised = topics.filter(({ name }) => !mayPause?.has(name));
  return promised.flatMap(({ name, minInSync, partitions }) =>
    partitions
      .filter(({ replicas }) => replicas.includes(id) && replicas.length - 1 < minInSync)
      .map(
        ({ partition, replicas }) =>
          `${name}-${partition} has replication factor ${replicas.length} and min.insync.replicas ${minInSync}: without broker ${id} it cannot be written`,
      ),
  );
}

function reasonsToWait(pod: PodState, scene: BrokerScene): string[] {
  const unregistered = Array.from({ length: scene.brokers }, (_, id) => id).filter(
    (id) => !scene.registered.includes(id),
  );
  return [
    ...(isServing(pod) ? [] : [describeAbsence(pod.name, pod)]),
    ...(scene.stranded?.has(pod.name) ? [scene.stranded.get(pod.name)!] : []),
    ...othersAway(pod, scene.pods, scene.brokers),
    ...unregistered.map((id) => `broker ${id} is not registered`),
    ...(scene.controllerId === null ? ['there is no controller'] : []),
    ...scene.topics.flatMap((topic) =>
      topic.partitions.flatMap((it) =>
        unfit(pod.ordinal, { ...topic, mayPause: scene.mayPause?.has(topic.name) }, it),
      ),
    ),
  ];
}

/** Why a partition cannot do without a broker now. */
function unfit(
  id: number,
  { name, minInSync, mayPause = false }: TopicState & { mayPause?: boolean | undefined },
  partition: PartitionState,
): string[] {
  const { leader, replicas, isr } = partition;
  const label = `${name}-${partition.partition}`;
  if (leader === null) return [`${label} has no leader`];
  const out = replicas.filter((replica) => !isr.includes(replica));
  if (out.length > 0) return [`${label} is not in sync on ${out.map((each) => `broker ${each}`).join(', ')}`];
  if (!mayPause && isr.includes(id) && isr.length - 1 < minInSync)
    return [`${label} would keep ${isr.length - 1} in sync, but needs ${minInSync}`];
  return [];
}
