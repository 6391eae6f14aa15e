import type { NodeRoom } from '@kafka-ha/config';

/** A node as its object tells it. */
export type NodeState = {
  name: string;
  labels: Readonly<Record<string, string>>;
  ready: boolean;
  /** No new pods are to come. */
  cordoned: boolean;
  taints: readonly { key: string; value?: string; effect: string }[];
  /** Made by a cloud, which may make more of them. */
  ofCloud: boolean;
  /** What it offers to pods, all together. */
  room?: NodeRoom;
};

/** What a pod asks of its node, as its specification has it. */
export type NodeNeeds = {
  nodeSelector?: Readonly<Record<string, string>>;
  tolerations?: readonly Toleration[];
  /** Any one of them must hold; none: any node. */
  terms?: readonly NodeTerm[];
};

export type Toleration = { key?: string; operator?: string; value?: string; effect?: string };

export type NodeTerm = {
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
};

/** Whether a node takes such a pod now, but for the room on it. */
export function takesPod(node: NodeState, needs: NodeNeeds): boolean {
  return node.ready && !node.cordoned && suits(node, needs);
}

/** Whether it would once it is ready and nobody keeps it free. */
export function suits(
  node: NodeState,
  { nodeSelector = {}, tolerations = [], terms = [] }: NodeNeeds,
): boolean {
  return (
    Object.entries(nodeSelector).every(([label, value]) => node.labels[label] === value) &&
    node.taints.every(
      (taint) => isPassing(taint.key) || isHarmless(taint.effect) || tolerations.some(covers(taint)),
    ) &&
    (terms.length === 0 || terms.some((term) => meets(node, term)))
  );
}

/** Kubernetes' own marks of a state that `ready` and `cordoned` tell. */
function isPassing(key: string): boolean {
  return key.startsWith('node.kubernetes.io/') || key === 'node.cloudprovider.kubernetes.io/uninitialized';
}

function isHarmless(effect: string): boolean {
  return effect !== 'NoSchedule' && effect !== 'NoExecute';
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function covers(taint: NodeState['taints'][number]): (toleration: Toleration) => boolean {
  return ({ key, operator = 'Equal', value = '', effect }) =>
    (key === undefined || key === '' ? operator === 'Exists' : key === taint.key) &&
    (operator === 'Exists' || value === (taint.value ?? '')) &&
    (effect === undefined || effect === '' || effect === taint.effect);
}

/** An operator that is not known is taken to hold: a node too many is no refusal. */
function meets({ labels }: NodeState, { matchExpressions = [] }: NodeTerm): boolean {
  return matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return true;
    }
  });
}
