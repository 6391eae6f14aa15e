import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { names } from '../names.ts';
import { renderServiceAccounts } from '../service-accounts.ts';
import { renderNamespace } from './render-namespace.ts';
import { rulesFor } from './role-rules.ts';

/**
 * What an admin makes beforehand, so that this project's operations run with rights in one namespace only. They are not
 * among the objects that an operation applies: nobody may give rights that he does not have.
 */
export function renderAdminObjects(spec: Pick<Spec, 'name' | 'namespace'>): KubernetesObject[] {
  const name = names(spec).deployer;
  const metadata = { name, namespace: spec.namespace, labels: adminLabels(spec) };
  return [
    renderNamespace(spec),
    ...renderServiceAccounts(spec),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules: rulesFor(spec) },
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
