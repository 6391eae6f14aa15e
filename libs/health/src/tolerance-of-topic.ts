import { toleranceOf, type Spec } from '@kafka-ha/config';
import { probeTopic } from '@kafka-ha/manifests';
import type { TopicState } from './state.ts';

/** How many brokers a topic is to bear the loss of: the promise, but for topics of others that the file names. */
export function toleranceOfTopic(spec: Spec, topic: TopicState): number {
  return toleranceOfOther(spec, topic) ?? spec.tolerance;
}

/** Whether the file says of a topic of others that it need bear no loss, so that it may be unavailable while a broker restarts. */
export function mayPause(spec: Spec, topic: TopicState): boolean {
  return toleranceOfOther(spec, topic) === 0;
}

function toleranceOfOther(spec: Spec, { name, internal }: TopicState): number | undefined {
  const isOurs = internal || name === probeTopic || spec.topics.some((topic) => topic.name === name);
  return isOurs ? undefined : toleranceOf(spec, name);
}
