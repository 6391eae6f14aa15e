import type { Spec } from '@kafka-ha/config';
import type { JsonObject, KubernetesObject } from '../kubernetes-object.ts';
import { names } from '../names.ts';
import { renderNamespace } from './render-namespace.ts';

/**
 * What an admin makes beforehand, so that this project's operations run with rights in one namespace only. They are not
 * among the objects that an operation applies: nobody may give rights that he does not have.
 */
export function renderAdminObjects(spec: Pick<Spec, 'name' | 'namespace'>): KubernetesObject[] {
  const name = names(spec).deployer;
  const metadata = { name, namespace: spec.namespace, labels: adminLabels(spec) };
  return [
    renderNamespace(spec),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: spec.namespace }],
    },
  ];
}

/** Without the label of what an operation manages, or it would prune the account that it runs as. */
function adminLabels({ name }: Pick<Spec, 'name'>): Record<string, string> {
  return {
    'app.kubernetes.io/component': 'deployer',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/part-of': 'kafka-ha',
  };
}

const see = ['get', 'list', 'watch'];
/** Server-side apply needs both `create` and `patch`; `delete` is for what is no longer rendered. */
const apply = [...see, 'create', 'patch', 'delete'];

const rules: JsonObject[] = [
  // The one that it is in: whether it is there, and not on its way out.
  rule('', ['namespaces'], ['get']),
  rule('', ['configmaps', 'serviceaccounts', 'services'], apply),
  rule('apps', ['statefulsets'], apply),
  rule('networking.k8s.io', ['networkpolicies'], apply),
  rule('policy', ['poddisruptionbudgets'], apply),
  // A roll deletes pods.
  rule('', ['pods'], [...see, 'delete', 'patch']),
  // It gives one another share of CPU where that is all that changed.
  rule('', ['pods/resize'], ['patch']),
  rule('', ['pods/log'], ['get']),
  // Clients over WebSocket ask with `get`, older ones with `create`.
  rule('', ['pods/exec', 'pods/portforward'], ['get', 'create']),
  // Volumes grow in place. Nothing deletes one.
  rule('', ['persistentvolumeclaims'], [...see, 'patch']),
  rule('', ['events'], ['list']),
  // A roll that goes back reads the former revision.
  rule('apps', ['controllerrevisions'], ['get', 'list']),
  rule('coordination.k8s.io', ['leases'], ['get', 'create', 'update', 'patch', 'delete']),
  // The load of a drill.
  rule('batch', ['jobs'], [...see, 'create', 'delete']),
];

function rule(apiGroup: string, resources: string[], verbs: string[]): JsonObject {
  return { apiGroups: [apiGroup], resources, verbs };
}
