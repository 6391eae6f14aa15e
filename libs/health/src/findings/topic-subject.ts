import type { TopicState } from '../state.ts';
import { numbered } from '../wording.ts';

/** "topic events", or where not all of its partitions are meant: "topic events, partitions 4, 7". */
export function topicSubject(topic: TopicState, partitions: readonly number[]): string {
  if (partitions.length === topic.partitions.length) return `topic ${topic.name}`;
  return `topic ${topic.name}, ${numbered('partition', partitions)}`;
}
