/** A label's value as Kubernetes takes it; it may be empty. */
export const labelValuePattern = /^(?=.{0,63}$)([a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?)?$/;

/** The name of a label, of an annotation or of a taint as Kubernetes takes it: `team`, `example.com/team`. */
export const qualifiedNamePattern =
  /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(?=[^/]{1,63}$)[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/;

/** Why the cluster file may not give pods a label of this name, or undefined where it may. */
export function labelRefusal(name: string): string | undefined {
  if (ownLabels.has(name)) return 'by this label the cluster finds its own pods';
  if (zoneLabels.has(name))
    return "it is the pod's node that says so, and replicas are spread by it; see placement";
  if (isKubernetesOwn(name)) return 'Kubernetes itself sets it';
  return isOwn(name) ? 'it belongs to kafka-ha' : undefined;
}

/** The same of an annotation. */
export function annotationRefusal(name: string): string | undefined {
  return isOwn(name) ? "it belongs to kafka-ha, which keeps the pods' configuration there" : undefined;
}

const ownLabels = new Set(
  ['component', 'instance', 'managed-by', 'name', 'part-of'].map((name) => `app.kubernetes.io/${name}`),
);

const zoneLabels = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']);

/** What controllers of StatefulSets and Jobs put on their pods. */
function isKubernetesOwn(name: string): boolean {
  return (
    /^(apps|batch|statefulset)\.kubernetes\.io\//.test(name) ||
    ['controller-revision-hash', 'controller-uid', 'job-name'].includes(name)
  );
}

function isOwn(name: string): boolean {
  return name.startsWith('kafka-ha/');
}
