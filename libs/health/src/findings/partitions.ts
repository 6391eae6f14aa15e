import type { Spec } from '@kafka-ha/config';
import { finding, type Finding } from '../finding.ts';
import type { FindingCode } from '../finding-catalogue.ts';
import { judgePartitions, type JudgedPartition, type PartitionCondition } from '../partition-condition.ts';
import { valueOf, type State, type TopicState } from '../state.ts';
import { count, numbered, sentences } from '../wording.ts';
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
      return [finding(codes[condition], topicSubject(topic, numbers), reason)];
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
  return sentences(whatIsWrong(condition, topic, affected), whoIsOut(state, affected));
}

function whatIsWrong(condition: Unserved, topic: TopicState, affected: readonly JudgedPartition[]): string {
  const partitions = `${affected.length} of ${count(topic.partitions.length, 'partition')}`;
  const fewest = Math.min(...affected.map(({ partition }) => partition.isr.length));
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
  return Math.max(...affected.map(({ assigned }) => assigned.length));
}

/** Brokers that are gone explain themselves; one that is registered and yet out needs to be looked at. */
function whoIsOut(state: State, affected: readonly JudgedPartition[]): string | null {
  const out = [...new Set(affected.flatMap((each) => each.out))];
  if (out.length === 0) return null;
  const registered = valueOf(state.brokers)?.map((broker) => broker.id);
  if (registered === undefined) return `Out of the ISR: ${numbered('broker', out)}.`;
  const gone = out.filter((id) => !registered.includes(id));
  const lagging = out.filter((id) => registered.includes(id));
  return sentences(
    gone.length === 0 ? null : `Out of the ISR: ${numbered('broker', gone)}, not registered.`,
    lagging.length === 0 ? null : `Out of the ISR although registered: ${numbered('broker', lagging)}.`,
  );
}
