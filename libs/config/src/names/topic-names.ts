/** Letters, digits, dot, underscore and hyphen, at most 249 of them: Kafka's own rule. */
export const topicNamePattern = /^[a-zA-Z0-9._-]{1,249}$/;

/**
 * Which of the topics, by index, cannot be created under their names, and why. The form is checked by
 * `topicNamePattern`.
 */
export function topicNameRefusals(names: readonly string[]): { index: number; reason: string }[] {
  return names.flatMap((name, index) => {
    const reason = ownRefusal(name) ?? clash(name, names.slice(0, index));
    return reason === undefined ? [] : [{ index, reason }];
  });
}

function ownRefusal(name: string): string | undefined {
  if (name === '.' || name === '..')
    return `no topic can be named "${name}": its data is in a folder of that name`;
  if (!name.startsWith('__')) return undefined;
  return `"${name}" is named like one of Kafka's own topics, which the deployment creates itself; allowed: a name that does not begin with two underscores`;
}

function clash(name: string, earlier: readonly string[]): string | undefined {
  if (earlier.includes(name)) return `topic "${name}" is listed twice`;
  const other = earlier.find((candidate) => metricName(candidate) === metricName(name));
  return (
    other && `topic "${name}" collides with "${other}": Kafka refuses names that differ only in "." and "_"`
  );
}

/** Kafka replaces dots in the names of metrics, which is why such names collide. */
function metricName(topic: string): string {
  return topic.replaceAll('.', '_');
}
