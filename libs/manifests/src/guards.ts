import { isMigrating, type Spec } from '@kafka-ha/config';
import type { JsonObject, KubernetesObject, Metadata } from './kubernetes-object.ts';
import { exporterPeers } from './exporter.ts';
import { clientNamespaceLabel, componentLabels, selector } from './labels.ts';
import type { Component } from './components.ts';
import { names } from './names.ts';
import { tcp } from './ports.ts';
import { quorumManifests, quorumObjects } from './quorum.ts';

/** One pod of each kind may be away on purpose: the tolerance is kept for accidents. */
export function disruptionBudget(spec: Spec, component: Component): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(spec, component),
    spec: { maxUnavailable: 1, selector: { matchLabels: selector(spec, component) } },
  };
}

/**
 * Without TLS and authentication these are the only fence. Clients: every pod of this namespace, and those of namespaces
 * labelled `kafka-ha/client: "true"`. The other listeners, and the quorum's, are for the cluster's own pods. What comes
 * over the API server's port-forward, or from the pod's own node, is not subject to them.
 */
export function networkPolicies(spec: Spec): KubernetesObject[] {
  const brokers = { podSelector: { matchLabels: selector(spec, 'kafka') } };
  const { clients: clientPort, ...amongBrokers } = quorumManifests(spec).broker.ports;
  const membersOf = (component: Component) => ({ podSelector: { matchLabels: selector(spec, component) } });
  // Controllers that take over tell the brokers who leads, and write what they decide to the servers that they take over from.
  const controllers = isMigrating(spec.mode) ? [membersOf('controller')] : [];
  const clients: JsonObject[] = [
    { podSelector: {} },
    { namespaceSelector: { matchLabels: { [clientNamespaceLabel]: 'true' } } },
  ];
  return [
    networkPolicy(spec, 'kafka', [
      { from: clients, ports: [tcp(clientPort)] },
      { from: [brokers, ...controllers], ports: Object.values(amongBrokers).map(tcp) },
    ]),
    ...quorumObjects(spec).map(({ component, ingress }) => {
      const members = membersOf(component);
      const others = controllers.filter(() => component !== 'controller');
      const readers = [...others, ...exporterPeers(spec)];
      return networkPolicy(spec, component, ingress(spec, { brokers, members, readers }));
    }),
  ];
}

function networkPolicy(spec: Spec, component: Component, ingress: JsonObject[]): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(spec, component),
    spec: { podSelector: { matchLabels: selector(spec, component) }, policyTypes: ['Ingress'], ingress },
  };
}

function metadata(spec: Spec, component: Component): Metadata {
  return {
    name: names(spec)[component],
    namespace: spec.namespace,
    labels: componentLabels(spec, component),
  };
}
