import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from './kubernetes-object.ts';
import { selector } from './labels.ts';
import { names, podOf } from './names.ts';
import { kafkaPorts } from './ports.ts';
import { quorumManifests, quorumObjects } from './quorum.ts';
import { headlessService, service, tcpPorts } from './service.ts';

export function renderServices(spec: Spec): KubernetesObject[] {
  const brokers = Array.from({ length: spec.brokers }, (_, id) => brokerService(spec, id));
  const { broker } = quorumManifests(spec);
  return [
    ...quorumObjects(spec).flatMap(({ services }) => services(spec)),
    headlessService(spec, 'kafka', { ...broker.ports }),
    service(spec, 'kafka', names(spec).bootstrap, { ports: tcpPorts({ clients: kafkaPorts.clients }) }),
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
    ports: tcpPorts({ clients: kafkaPorts.clients }),
  });
}
