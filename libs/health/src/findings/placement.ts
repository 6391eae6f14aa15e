import type { Spec } from '@kafka-ha/config';
import { count, groupBy } from '@kafka-ha/base';
import { components, ofComponent, quorumComponentOf } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type PodState, type State, type ZoneSource } from '../state.ts';

/** Pods whose common node or zone would take more at once than the promise covers. */
export function placementFindings(spec: Spec, state: State): Finding[] {
  const pods = valueOf(state.pods) ?? [];
  const brokers = ofComponent(pods, 'kafka');
  const quorum = quorumComponentOf(spec);
  const { pods: servers } = components[quorum].wanted(spec);
  const spare = Math.floor((servers - 1) / 2);
  return [
    ...crowdedNodes(brokers, spec.placement.brokersPerNode).map(([node, crowd]) =>
      finding(
        'brokers-share-node',
        `node ${node}`,
        `It runs ${namesOf(crowd)}, and the cluster file allows ${count(spec.placement.brokersPerNode, 'broker')} on a node.`,
      ),
    ),
    ...crowdedNodes(ofComponent(pods, quorum), Math.max(1, spare)).map(([node, crowd]) =>
      finding(
        'zookeeper-share-node',
        `node ${node}`,
        `It runs ${namesOf(crowd)}; of ${count(servers, 'server')}, ${count(spare, 'may', 'may')} be lost.`,
      ),
    ),
    ...crowdedZones(spec, pods, brokers),
    ...unheededZones(state, brokers),
  ];
}

function crowdedNodes(pods: readonly PodState[], allowed: number): [string, PodState[]][] {
  const placed = pods.flatMap((pod) => (pod.node === null ? [] : [{ node: pod.node, pod }]));
  return [...groupBy(placed, ({ node }) => node)]
    .map(([node, group]): [string, PodState[]] => [node, group.map(({ pod }) => pod)])
    .filter(([, group]) => group.length > allowed);
}

/** With two zones, one of them has to hold more than f of 2f+1 brokers: only what could be avoided is a finding. */
function crowdedZones(spec: Spec, pods: readonly PodState[], brokers: readonly PodState[]): Finding[] {
  const zones = new Set(pods.flatMap(({ zone }) => (zone === null ? [] : [zone])));
  if (zones.size < 2) return [];
  const allowed = Math.max(spec.tolerance, Math.ceil(spec.brokers / zones.size));
  return [...groupBy(brokers, ({ zone }) => zone)].flatMap(([zone, crowd]) => {
    if (zone === null || crowd.length <= allowed) return [];
    const reason = `It holds ${crowd.length} of ${count(brokers.length, 'broker')}; ${spec.tolerance} may be lost at once, and there are ${zones.size} zones.`;
    return [finding('zone-holds-too-many', `zone ${zone}`, reason)];
  });
}

function unheededZones({ zones }: State, brokers: readonly PodState[]): Finding[] {
  const placed = brokers.filter(({ node }) => node !== null);
  if (zones === undefined || placed.length === 0 || placed.some(({ zone }) => zone !== null)) return [];
  const reason = whyZonesAreNotHeeded(zones);
  return reason === null ? [] : [finding('zones-not-heeded', 'zones', reason)];
}

/** Null where pods carry their zones, or where there is one at most. */
export function whyZonesAreNotHeeded({ kubernetes, ofNodes }: ZoneSource): string | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(kubernetes) ?? [];
  if (major === undefined || Number(major) > 1 || Number(minor) >= firstMinorWithZones) return null;
  const told = `Pods do not carry their node's zone: Kubernetes is ${kubernetes} and adds it only from 1.${firstMinorWithZones} on.`;
  if (ofNodes === null) return `${told} If there are several zones, replicas ignore them.`;
  const zones = [...new Set(ofNodes)].sort();
  return zones.length < 2 ? null : `${told} Replicas ignore the zones ${zones.join(', ')}.`;
}

/** KEP-4742: labels of the node's topology on its pods, on by default. */
const firstMinorWithZones = 35;

function namesOf(pods: readonly PodState[]): string {
  return pods.map(({ name }) => name).join(', ');
}
