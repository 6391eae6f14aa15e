import type { Spec } from '@kafka-ha/config';
import type { JsonObject, KubernetesObject } from './kubernetes-object.ts';
import { componentLabels, selector } from './labels.ts';
import { names, podOf, type Component } from './names.ts';
import { kafkaPorts, zookeeperPorts } from './ports.ts';

export function renderServices(spec: Spec): KubernetesObject[] {
  const { kafkaHeadless, zookeeperHeadless, zookeeperAny, bootstrap } = names(spec);
  const brokers = Array.from({ length: spec.brokers }, (_, id) => brokerService(spec, id));
  return [
    headless(spec, 'zookeeper', zookeeperHeadless, zookeeperPorts),
    // Servers that are not ready, too: whether one serves is asked of itself.
    service(spec, 'zookeeper', zookeeperAny, {
      publishNotReadyAddresses: true,
      ports: ports({ clients: zookeeperPorts.clients }),
    }),
    headless(spec, 'kafka', kafkaHeadless, kafkaPorts),
    service(spec, 'kafka', bootstrap, { ports: ports({ clients: kafkaPorts.clients }) }),
    ...brokers,
  ];
}

/**
 * A broker's own address for clients. Its IP stays over restarts, so no client holds a stale one. It leads to the broker
 * before that is ready: readiness reaches the nodes a second later, when partitions may have been given back to it, and a
 * connection that comes in the middle of that waits another second. Until it listens, the pod itself refuses.
 */
function brokerService(spec: Spec, id: number): KubernetesObject {
  const pod = podOf(spec, id);
  return service(spec, 'kafka', pod, {
    selector: { ...selector(spec, 'kafka'), 'statefulset.kubernetes.io/pod-name': pod },
    publishNotReadyAddresses: true,
    ports: ports({ clients: kafkaPorts.clients }),
  });
}

/** Names for the pods, ready or not: they find each other by them in order to become ready. */
function headless(
  spec: Spec,
  component: Component,
  name: string,
  numbers: Readonly<Record<string, number>>,
): KubernetesObject {
  return service(spec, component, name, {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    ports: ports(numbers),
  });
}

function service(spec: Spec, component: Component, name: string, fields: JsonObject): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: spec.namespace, labels: componentLabels(spec, component) },
    spec: { selector: selector(spec, component), ...fields },
  };
}

/** The protocol is named because it is part of the key by which server-side apply tells ports apart. */
function ports(numbers: Readonly<Record<string, number>>): JsonObject[] {
  return Object.entries(numbers).map(([name, port]) => ({ name, port, protocol: 'TCP', targetPort: name }));
}
