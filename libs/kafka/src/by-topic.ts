/** Partitions by topic, each of which a request names once. */
export function byTopic<P extends { topic: string }>(partitions: readonly P[]): Map<string, P[]> {
  const topics = new Map<string, P[]>();
  for (const each of partitions) topics.set(each.topic, [...(topics.get(each.topic) ?? []), each]);
  return topics;
}
