import type { Spec } from '@kafka-ha/config';
import { clientConfigMap } from './clients/client-config-map.ts';
import { exporterObjects } from './exporter.ts';
import { disruptionBudget, networkPolicies } from './guards.ts';
import { dynamicConfigMap } from './kafka/kafka-config.ts';
import { kafkaStatefulSet } from './kafka/kafka-stateful-set.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { componentsOf } from './components.ts';
import { quorumObjects } from './quorum.ts';
import { renderServices } from './services.ts';

/**
 * All objects of a cluster that an operation applies, in that order: what a pod needs comes before the pods. Only what the
 * Role of `renderAdminObjects` may apply; the namespace and the pods' accounts are made once, by others.
 */
export function renderObjects(spec: Spec): KubernetesObject[] {
  return [
    ...networkPolicies(spec),
    dynamicConfigMap(spec),
    clientConfigMap(spec),
    ...quorumObjects(spec).flatMap(({ configMaps }) => configMaps(spec)),
    ...renderServices(spec),
    ...componentsOf(spec).map((component) => disruptionBudget(spec, component)),
    ...quorumObjects(spec).map(({ statefulSet }) => statefulSet(spec)),
    kafkaStatefulSet(spec),
    ...exporterObjects(spec),
  ];
}

/**
 * The kinds of which some may no longer be rendered, such as the Service of a broker that is gone. Claims are never
 * among them, nor are StatefulSets and ServiceAccounts, of which a cluster of one mode has always the same.
 */
export const prunableKinds = [
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  // A Role that an admin made before there were exporters does not let them be listed, and so none was made with it.
  { apiVersion: 'apps/v1', kind: 'Deployment', passOver: 'forbidden' },
] as const;
