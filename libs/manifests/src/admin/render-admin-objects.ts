import type { Spec } from '@kafka-ha/config';
import { componentsOf } from '../components.ts';
import type { JsonObject, KubernetesObject } from '../kubernetes-object.ts';
import { type ClusterName, names } from '../names.ts';
import { renderServiceAccounts } from '../service-accounts.ts';
import { renderNamespace } from './render-namespace.ts';

const see = ['get', 'list', 'watch'];

/**
 * What an admin makes beforehand, so that this project's operations run with rights in one namespace only. They are not
 * among the objects that an operation applies: nobody may give rights that he does not have.
 */
export function renderAdminObjects(spec: Pick<Spec, 'mode' | 'name' | 'namespace'>): KubernetesObject[] {
  const { deployer, health } = names(spec);
  return [
    renderNamespace(spec),
    ...renderServiceAccounts(spec),
    ...account(spec, { name: deployer, component: 'deployer', rules: rulesFor(spec) }),
    ...account(spec, { name: health, component: 'health', rules: healthRulesFor(spec) }),
  ];
}

type Cluster = ClusterName & Pick<Spec, 'mode'>;

type Account = { name: string; component: string; rules: JsonObject[] };

function account(
  spec: Pick<Spec, 'name' | 'namespace'>,
  { name, component, rules }: Account,
): KubernetesObject[] {
  const { namespace } = spec;
  const metadata = { name, namespace, labels: adminLabels(spec, component) };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}

/** Without the label of what an operation manages, or it would prune the account that it runs as. */
export function adminLabels({ name }: ClusterName, component: string): Record<string, string> {
  return {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/part-of': 'kafka-ha',
  };
}

/**
 * What whoever runs this project's operations may do, in the cluster's namespace. Objects are changed and deleted by name
 * where their names are known beforehand; Kubernetes knows no name when one is created, and a Role has no patterns: so
 * what is numbered by brokers, and what a drill makes, is open as a kind.
 */
function rulesFor(cluster: Cluster): JsonObject[] {
  const { lease, exporter } = names(cluster);
  const sets = statefulSetsOf(cluster);
  return [
    // The one that it is in: whether it is there, and not on its way out.
    rule('', ['namespaces'], ['get']),
    // An admin makes the pods' accounts: with an annotation on one a pod could have a cloud's rights.
    rule('', ['serviceaccounts'], ['get']),
    // Server-side apply needs both `create` and `patch`; `delete` is for what is no longer rendered.
    rule('', ['configmaps', 'services'], [...see, 'create', 'patch', 'delete']),
    rule('apps', ['statefulsets'], [...see, 'create']),
    rule('apps', ['statefulsets'], ['patch', 'delete'], sets),
    // The exporter of metrics.
    rule('apps', ['deployments'], [...see, 'create']),
    rule('apps', ['deployments'], ['patch', 'delete'], [exporter]),
    rule('networking.k8s.io', ['networkpolicies'], [...see, 'create']),
    rule('networking.k8s.io', ['networkpolicies'], ['patch', 'delete'], [...sets, exporter]),
    rule('policy', ['poddisruptionbudgets'], [...see, 'create']),
    rule('policy', ['poddisruptionbudgets'], ['patch', 'delete'], sets),
    // A roll asks by a dry run whether a pod could be made again before it stops one, and deletes one that serves nobody.
    rule('', ['pods'], [...see, 'create', 'delete', 'patch']),
    // One that serves it evicts, so that a drain takes no second one at the same moment.
    rule('', ['pods/eviction'], ['create']),
    // It gives one another share of CPU where that is all that changed.
    rule('', ['pods/resize'], ['patch']),
    rule('', ['pods/log'], ['get']),
    // Clients over WebSocket ask with `get`, older ones with `create`.
    rule('', ['pods/exec', 'pods/portforward'], ['get', 'create']),
    // Volumes grow in place. What deletes them is for an admin.
    rule('', ['persistentvolumeclaims'], [...see, 'patch']),
    rule('', ['events'], ['list']),
    // A roll that goes back reads the former revision.
    rule('apps', ['controllerrevisions'], ['get', 'list']),
    rule('coordination.k8s.io', ['leases'], ['create']),
    rule('coordination.k8s.io', ['leases'], ['get', 'update', 'patch', 'delete'], [lease]),
    // The load of a drill.
    rule('batch', ['jobs'], [...see, 'create', 'delete']),
  ];
}

/**
 * What a look at the cluster's health takes, and that alone: nothing in Kubernetes is changed with it, and no command runs in a
 * pod. A forwarded port is all of Kafka nevertheless, which asks nobody who he is.
 */
function healthRulesFor(cluster: Cluster): JsonObject[] {
  return [
    rule('apps', ['statefulsets'], ['get'], statefulSetsOf(cluster)),
    rule('', ['pods'], ['list']),
    // Of a metrics server, where one runs: what pods use, for `autosize`.
    rule('metrics.k8s.io', ['pods'], ['list']),
    rule('', ['pods/portforward'], ['get', 'create']),
  ];
}

/** Those of the cluster's mode: of another one's it may change nothing. */
function statefulSetsOf(cluster: Cluster): string[] {
  return componentsOf(cluster)
    .map((component) => names(cluster)[component])
    .sort();
}

function rule(
  apiGroup: string,
  resources: string[],
  verbs: string[],
  resourceNames: string[] = [],
): JsonObject {
  const rule = { apiGroups: [apiGroup], resources, verbs };
  return resourceNames.length === 0 ? rule : { ...rule, resourceNames };
}
