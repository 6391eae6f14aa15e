import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { clusterLabels } from '../labels.ts';
import { names } from '../names.ts';
import { toProperties } from '../properties.ts';
import { javaConsumer, javaProducer } from './client-libraries.ts';
import { clientTerms } from './client-settings.ts';

/** For applications in the same namespace: the address as a variable, and files for the Java client. No pod of the cluster reads it. */
export function clientConfigMap(spec: Spec): KubernetesObject {
  const terms = clientTerms(spec);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: names(spec).client, namespace: spec.namespace, labels: clusterLabels(spec) },
    data: {
      KAFKA_BOOTSTRAP_SERVERS: terms.bootstrap,
      'consumer.properties': toProperties(javaConsumer(terms)),
      'producer.properties': toProperties(javaProducer(terms)),
    },
  };
}
