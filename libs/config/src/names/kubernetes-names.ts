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
