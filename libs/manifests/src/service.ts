import type { Spec } from '@kafka-ha/config';
import type { Component } from './components.ts';
import type { JsonObject, KubernetesObject } from './kubernetes-object.ts';
import { componentLabels, selector } from './labels.ts';
import { headlessOf } from './names.ts';

/** Names for the pods, ready or not: they find each other by them in order to become ready. */
export function headlessService(
  spec: Spec,
  component: Component,
  numbers: Readonly<Record<string, number>>,
): KubernetesObject {
  return service(spec, component, headlessOf(spec, component), {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    ports: tcpPorts(numbers),
  });
}

export function service(
  spec: Spec,
  component: Component,
  name: string,
  fields: JsonObject,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: spec.namespace, labels: componentLabels(spec, component) },
    spec: { selector: selector(spec, component), ...fields },
  };
}

/** The protocol is named because it is part of the key by which server-side apply tells ports apart. */
export function tcpPorts(numbers: Readonly<Record<string, number>>): JsonObject[] {
  return Object.entries(numbers).map(([name, port]) => ({ name, port, protocol: 'TCP', targetPort: name }));
}
