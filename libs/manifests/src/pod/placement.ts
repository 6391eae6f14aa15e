import type { Spec } from '@kafka-ha/config';
import type { JsonObject } from '../kubernetes-object.ts';
import { nodeLabel, selector, zoneLabel } from '../labels.ts';
import type { Component } from '../names.ts';

type Placement = { affinity: JsonObject; topologySpreadConstraints: JsonObject[] };

/** Brokers apart from each other, so that one node lost is one broker lost; several per node only if the file says so. */
export function brokerPlacement(spec: Spec): Placement {
  const strict = spec.placement.brokersPerNode === 1;
  return placement(spec, 'kafka', [{ apartFrom: 'kafka', strict }]);
}

/** ZooKeeper servers always apart from each other, and from brokers as the file wants it. */
export function zookeeperPlacement(spec: Spec): Placement {
  const { separateZookeeper } = spec.placement;
  const fromBrokers: Apart[] =
    separateZookeeper === 'none' ? [] : [{ apartFrom: 'kafka', strict: separateZookeeper === 'required' }];
  return placement(spec, 'zookeeper', [{ apartFrom: 'zookeeper', strict: true }, ...fromBrokers]);
}

type Apart = { apartFrom: Component; strict: boolean };

function placement(spec: Spec, component: Component, apart: readonly Apart[]): Placement {
  const required = apart.filter(({ strict }) => strict).map(({ apartFrom }) => sameNode(spec, apartFrom));
  const preferred = apart
    .filter(({ strict }) => !strict)
    .map(({ apartFrom }) => ({ weight: 100, podAffinityTerm: sameNode(spec, apartFrom) }));
  return {
    affinity: {
      podAntiAffinity: {
        ...(required.length === 0 ? {} : { requiredDuringSchedulingIgnoredDuringExecution: required }),
        ...(preferred.length === 0 ? {} : { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
      },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: zoneLabel,
        // A zone that is gone must not keep the other zones' pods from coming back.
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector(spec, component) },
      },
    ],
  };
}

/** Required or preferred of one of them, Kubernetes honours it whichever of the two comes first. */
function sameNode(spec: Spec, component: Component): JsonObject {
  return { topologyKey: nodeLabel, labelSelector: { matchLabels: selector(spec, component) } };
}
