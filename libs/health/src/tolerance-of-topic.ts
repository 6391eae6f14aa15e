import { toleranceOf, type Spec } from '@kafka-ha/config';
import { probeTopic } from '@kafka-ha/manifests';
import type { TopicState } from './state.ts';

/** How many brokers a topic is to bear the loss of: the promise, but for topics of others that the file names. */
export function toleranceOfTopic(spec: Spec, { name, internal }: TopicState): number {
  const isOurs = internal || name === probeTopic || spec.topics.some((topic) => topic.name === name);
  return (isOurs ? undefined : toleranceOf(spec, name)) ?? spec.tolerance;
}
