import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { componentLabels } from '../labels.ts';
import { names } from '../names.ts';
import { toProperties } from '../properties.ts';
import { kafkaConfigOf } from './kafka-config.ts';

/**
 * The keys that running brokers take over without a restart. Outside the pod's template, so that a change of them makes
 * no new revision; a broker that starts reads them from here.
 */
export function dynamicConfigMap(spec: Spec): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names(spec).dynamicConfig,
      namespace: spec.namespace,
      labels: componentLabels(spec, 'kafka'),
    },
    data: { 'dynamic.properties': toProperties(kafkaConfigOf(spec).dynamic) },
  };
}
