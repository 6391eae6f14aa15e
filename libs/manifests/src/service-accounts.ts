import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from './kubernetes-object.ts';
import { componentLabels } from './labels.ts';
import { componentsOf } from './components.ts';
import { names } from './names.ts';

/**
 * Who the pods are. No pod talks to Kubernetes: no token, no rights. Made once and never
 * changed, by an operation that may or by an admin beforehand: whoever may write ServiceAccounts could give a pod the
 * rights of a cloud's role.
 */
export function renderServiceAccounts(spec: Pick<Spec, 'mode' | 'name' | 'namespace'>): KubernetesObject[] {
  return componentsOf(spec).map((component) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: names(spec)[component],
      namespace: spec.namespace,
      labels: componentLabels(spec, component),
    },
    automountServiceAccountToken: false,
  }));
}
