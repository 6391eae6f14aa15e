import type { TopicState } from '@kafka-ha/health';

/** A topic, and what becomes of it while a broker restarts that holds it. */
export type PausedTopic = { topic: string; why: string };

/**
 * What the restarts of brokers do to the topics of which the cluster file says that they bear no loss, `mayPause`. None for one
 * that can be written all the while.
 */
export function pausedTopics(
  brokers: readonly number[],
  topics: readonly TopicState[],
  mayPause: ReadonlySet<string>,
): PausedTopic[] {
  return topics
    .filter(({ name }) => mayPause.has(name))
    .flatMap(({ name, minInSync, partitions }) => {
      const held = (id: number) => partitions.filter(({ replicas }) => replicas.includes(id));
      const alone = brokers.filter((id) => held(id).some(({ replicas }) => replicas.length === 1));
      const needed = brokers.filter(
        (id) => !alone.includes(id) && held(id).some(({ replicas }) => replicas.length - 1 < minInSync),
      );
      return [
        ...(alone.length === 0 ? [] : [`is partly unavailable while ${named(alone)} restarts`]),
        ...(needed.length === 0
          ? []
          : [`takes no acks=all writes to some partitions while ${named(needed)} restarts`]),
      ].map((what) => ({ topic: name, why: `${what}, as otherTopics of the cluster file allows` }));
    });
}

/** E.g. `broker 3`, `broker 0, 3 or 4`. */
function named(brokers: readonly number[]): string {
  const last = brokers.at(-1) ?? '';
  return `broker ${brokers.length < 2 ? last : `${brokers.slice(0, -1).join(', ')} or ${last}`}`;
}
