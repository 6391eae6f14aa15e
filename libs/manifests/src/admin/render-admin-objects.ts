import type { Spec } from '@kafka-ha/config';
import type { JsonObject, KubernetesObject } from '../kubernetes-object.ts';
import { names } from '../names.ts';
import { renderServiceAccounts } from '../service-accounts.ts';
import { renderNamespace } from './render-namespace.ts';
import { healthRulesFor, rulesFor } from './role-rules.ts';

/**
 * What an admin makes beforehand, so that this project's operations run with rights in one namespace only. They are not
 * among the objects that an operation applies: nobody may give rights that he does not have.
 */
export function renderAdminObjects(spec: Pick<Spec, 'name' | 'namespace'>): KubernetesObject[] {
  const { deployer, health } = names(spec);
  return [
    renderNamespace(spec),
    ...renderServiceAccounts(spec),
    ...account(spec, { name: deployer, component: 'deployer', rules: rulesFor(spec) }),
    ...account(spec, { name: health, component: 'health', rules: healthRulesFor(spec) }),
  ];
}

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
function adminLabels({ name }: Pick<Spec, 'name'>, component: string): Record<string, string> {
  return {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/part-of': 'kafka-ha',
  };
}
