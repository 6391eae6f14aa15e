import type { Spec } from '@kafka-ha/config';
import { count } from '@kafka-ha/base';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type State, type TopicState } from '../state.ts';
import { numbered } from '../wording.ts';

/** Whether leadership is where the replica lists want it, and whether these spread it evenly. */
export function leaderFindings(spec: Spec, state: State): Finding[] {
  const topics = valueOf(state.topics) ?? [];
  return [...notPreferred(topics), ...topics.flatMap((topic) => uneven(spec, topic))];
}

function notPreferred(topics: readonly TopicState[]): Finding[] {
  const partitions = topics.flatMap((topic) => topic.partitions);
  // A preferred leader out of sync cannot lead yet: then its being out is the finding.
  const elsewhere = partitions.filter(
    ({ leader, replicas: [preferred], isr }) =>
      leader !== null && preferred !== undefined && leader !== preferred && isr.includes(preferred),
  );
  if (elsewhere.length === 0) return [];
  const idle = [...new Set(elsewhere.map(({ replicas }) => replicas[0] ?? -1))];
  const reason = `${elsewhere.length} of ${count(partitions.length, 'partition')} led by another broker than the preferred one, which is in sync: ${numbered('broker', idle)}.`;
  return [finding('leaders-not-preferred', 'leadership', reason)];
}

/** A topic's own skew, not the sum over topics: one with much traffic must be even by itself. */
function uneven(spec: Spec, topic: TopicState): Finding[] {
  const led = new Array<number>(spec.brokers).fill(0);
  for (const { replicas } of topic.partitions) {
    const preferred = replicas[0] ?? -1;
    if (preferred in led) led[preferred]! += 1;
  }
  const most = Math.max(...led);
  const fewest = Math.min(...led);
  if (most - fewest <= 1) return [];
  const reason = `Broker ${led.indexOf(most)} is the preferred leader of ${most} of its ${count(topic.partitions.length, 'partition')}, broker ${led.indexOf(fewest)} of ${fewest}.`;
  return [finding('leaders-uneven', `topic ${topic.name}`, reason)];
}
