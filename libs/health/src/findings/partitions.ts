import type { Spec } from '@kafka-ha/config';
import { count } from '@kafka-ha/base';
import { finding, type Finding } from '../finding.ts';
import type { FindingCode } from '../finding-catalogue.ts';
import { least } from '../least.ts';
import { judgePartitions, type JudgedPartition, type PartitionCondition } from '../partition-condition.ts';
import { valueOf, type State, type TopicState } from '../state.ts';
import { numbered, sentences } from '../wording.ts';
import { topicSubject } from './topic-subject.ts';

/** Partitions that are not served as they should be: one finding for each topic and condition. */
export function partitionFindings(_spec: Spec, state: State): Finding[] {
  return (valueOf(state.topics) ?? []).flatMap((topic) => {
    const judged = judgePartitions(state, topic);
    return (Object.keys(codes) as Unserved[]).flatMap((condition) => {
      const affected = judged.filter((each) => each.condition === condition);
      if (affected.length === 0) return [];
      const numbers = affected.map(({ partition }) => partition.partition);
      const reason = reasonFor(condition, state, topic, affected);
      const action = condition === 'under-replicated' ? awaitBrokers(state, affected) : undefined;
      return [finding(codes[condition], topicSubject(topic, numbers), reason, action)];
    });
  });
}

type Unserved = Exclude<PartitionCondition, 'whole'>;

const codes = {
  offline: 'partitions-offline',
  'under-min-isr': 'partitions-under-min-isr',
  'under-replicated': 'partitions-under-replicated',
} as const satisfies Record<Unserved, FindingCode>;

function reasonFor(
  condition: Unserved,
  state: State,
  topic: TopicState,
  affected: readonly JudgedPartition[],
): string {
  return sentences(
    whatIsWrong(condition, topic, affected),
    condition === 'offline' ? lastInSync(affected) : whoIsOut(state, affected),
  );
}

function whatIsWrong(condition: Unserved, topic: TopicState, affected: readonly JudgedPartition[]): string {
  const partitions = `${affected.length} of ${count(topic.partitions.length, 'partition')}`;
  const fewest = least(affected.map(({ partition }) => partition.isr.length));
  switch (condition) {
    case 'offline':
      return `${partitions} without a leader.`;
    case 'under-min-isr':
      return `${partitions} with ${fewest} in sync where min.insync.replicas is ${topic.minInSync}: acks=all writes are refused.`;
    case 'under-replicated':
      return `${partitions} with ${fewest} of ${count(mostAssigned(affected), 'replica')} in sync.`;
  }
}

function mostAssigned(affected: readonly JudgedPartition[]): number {
  return -least(affected.map(({ assigned }) => -assigned.length));
}

/** Without a leader the ISR stays as it was: one of these brokers has to come back. */
function lastInSync(affected: readonly JudgedPartition[]): string {
  const last = [...new Set(affected.flatMap(({ partition }) => partition.isr))];
  return last.length === 0
    ? 'No replica was in sync at the end.'
    : `Last in sync: ${numbered('broker', last)}.`;
}

/** Brokers that are gone explain themselves; one that is registered and yet out needs to be looked at. */
function whoIsOut(state: State, affected: readonly JudgedPartition[]): string {
  const out = outOfIsr(affected);
  const registered = valueOf(state.brokers)?.map(({ id }) => id);
  if (registered === undefined) return `Out of the ISR: ${numbered('broker', out)}.`;
  const gone = out.filter((id) => !registered.includes(id));
  const lagging = out.filter((id) => registered.includes(id));
  return sentences(
    gone.length === 0 ? null : `Out of the ISR: ${numbered('broker', gone)}, not registered.`,
    lagging.length === 0 ? null : `Out of the ISR although registered: ${numbered('broker', lagging)}.`,
  );
}

function awaitBrokers(state: State, affected: readonly JudgedPartition[]): string | undefined {
  const out = outOfIsr(affected);
  const isGone = (id: number) => valueOf(state.brokers)?.every((broker) => broker.id !== id) ?? false;
  if (!out.every(isGone)) return undefined;
  return `Follows from ${numbered('broker', out)}: once back, the replicas catch up by themselves.`;
}

function outOfIsr(affected: readonly JudgedPartition[]): number[] {
  return [...new Set(affected.flatMap((each) => each.out))];
}
