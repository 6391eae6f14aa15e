import type { Spec } from '@kafka-ha/config';
import type { JsonObject } from '../kubernetes-object.ts';
import { nodeLabel, selector, zoneLabel } from '../labels.ts';
import { components, type Component, type QuorumComponent } from '../components.ts';

type Placement = { affinity?: JsonObject; topologySpreadConstraints: JsonObject[] };

/** Never more brokers on a node than the file allows: a lost node must not cost more than the tolerance. */
export function brokerPlacement(spec: Spec): Placement {
  const zones = spreadOverZones(spec, 'kafka');
  if (spec.placement.brokersPerNode > 1)
    return { topologySpreadConstraints: [atMostPerNode(spec, spec.placement.brokersPerNode), zones] };
  return { affinity: apartFrom([sameNode(spec, 'kafka')]), topologySpreadConstraints: [zones] };
}

/** What keeps the metadata: always apart from each other, and from brokers as the file wants it. */
export function quorumPlacement(spec: Spec, component: QuorumComponent): Placement {
  const separate = components[component].separation(spec);
  const brokers = sameNode(spec, 'kafka');
  const required = [sameNode(spec, component), ...(separate === 'required' ? [brokers] : [])];
  return {
    // Whichever of the two comes first, Kubernetes holds the other one to it.
    affinity: apartFrom(required, separate === 'preferred' ? brokers : undefined),
    topologySpreadConstraints: [spreadOverZones(spec, component)],
  };
}

/** Of a pod that is none of the cluster's: on a node without brokers, where there is one. */
export function awayFromBrokers(spec: Spec): JsonObject {
  return apartFrom([], sameNode(spec, 'kafka'));
}

function apartFrom(required: JsonObject[], preferred?: JsonObject): JsonObject {
  return {
    podAntiAffinity: {
      ...(required.length > 0 && { requiredDuringSchedulingIgnoredDuringExecution: required }),
      ...(preferred === undefined
        ? {}
        : {
            preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: preferred }],
          }),
    },
  };
}

/**
 * Kubernetes has no such limit as such. But spread evenly over at least brokers ÷ limit nodes, none has more; and with
 * fewer nodes than that, none may take a second one.
 */
function atMostPerNode(spec: Spec, limit: number): JsonObject {
  return {
    maxSkew: 1,
    minDomains: Math.ceil(spec.brokers / limit),
    topologyKey: nodeLabel,
    whenUnsatisfiable: 'DoNotSchedule',
    // A node that takes no pods, such as one of the control plane, would count as the emptiest of all.
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels: selector(spec, 'kafka') },
  };
}

/** As far as it goes: a zone that is gone must not keep the other zones' pods from coming back. */
function spreadOverZones(spec: Spec, component: Component): JsonObject {
  return {
    maxSkew: 1,
    topologyKey: zoneLabel,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector(spec, component) },
  };
}

function sameNode(spec: Spec, component: Component): JsonObject {
  return { topologyKey: nodeLabel, labelSelector: { matchLabels: selector(spec, component) } };
}
