/** Letters, digits, dot, underscore and hyphen, at most 249 of them: Kafka's own rule. */
export const topicNamePattern = /^[a-zA-Z0-9._-]{1,249}$/;

/** Why this may not be a topic's name, or undefined where it may. The form is checked by `topicNamePattern`. */
export function topicNameRefusal(name: string): string | undefined {
  if (name === '.' || name === '..')
    return `a topic cannot be named "${name}": Kafka keeps its data in a folder of that name`;
  if (!name.startsWith('__')) return undefined;
  return `"${name}" looks like a topic of Kafka's own (two underscores in front); the internal topics are made by the deployment itself`;
}

/** Pairs of topics that cannot live side by side: [index of the later one, why]. */
export function topicNameClashes(names: readonly string[]): [number, string][] {
  return names.flatMap((name, index) => {
    const earlier = names.slice(0, index).find((other) => metricName(other) === metricName(name));
    if (earlier === undefined) return [];
    if (earlier === name) return [[index, `topic "${name}" is listed twice`] satisfies [number, string]];
    const why = `topic "${name}" collides with "${earlier}": Kafka refuses names that differ only in "." and "_"`;
    return [[index, why] satisfies [number, string]];
  });
}

/** Kafka replaces dots in the names of metrics, which is why such names collide. */
function metricName(topic: string): string {
  return topic.replaceAll('.', '_');
}
