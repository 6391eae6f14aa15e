/*
 * The longest names that are made from a cluster's name must fit into 63 characters:
 *   <name>-controller-headless       20 more (Service)
 *   <name>-controller-<10 hash>      22 more (label controller-revision-hash of a StatefulSet's pods)
 *   <name>-kafka-12 and the names of the other pods are shorter
 * So 41 would do; one is kept for a longer suffix.
 */
export const MAX_CLUSTER_NAME = 40;

/** A Service's name must begin with a letter (RFC 1035); so must the cluster's, being its prefix. */
export const clusterNamePattern = new RegExp(`^(?=.{1,${MAX_CLUSTER_NAME}}$)[a-z]([-a-z0-9]*[a-z0-9])?$`);

/** A DNS label (RFC 1123), as Kubernetes wants it of a namespace. */
export const dnsLabelPattern = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A DNS name (RFC 1123), as Kubernetes wants it of a StorageClass. */
export const dnsNamePattern =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Why this namespace may not be used, or undefined where it may. */
export function namespaceRefusal(namespace: string): string | undefined {
  if (namespace.startsWith('kube-'))
    return `namespace "${namespace}" belongs to Kubernetes itself: choose another`;
  if (namespace !== 'default') return undefined;
  return 'namespace "default" is shared with everything that names none, but the cluster needs a namespace for itself: choose another';
}

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
