import { describe, expect, test } from '@jest/globals';
import type { PodState } from '@kafka-ha/health';
import { suits, stranded, type NodeNeeds, type NodeState } from '../index.ts';

function aNode(name: string, state: Partial<NodeState> = {}): NodeState {
  return { name, labels: { host: name }, ready: true, cordoned: false, taints: [], ofCloud: false, ...state };
}

function aPod(ordinal: number): PodState {
  return { name: `events-kafka-${ordinal}`, component: 'kafka', ordinal, node: `n${ordinal}` } as PodState;
}

const pods = [0, 1, 2].map(aPod);
const cordoned = aNode('n2', { cordoned: true });
const full = [aNode('n0'), aNode('n1'), cordoned];
const placed = { pod: pods[2]!, needs: {}, perNode: 1 };

describe('stranded', () => {
  test('a broker of a cordoned node that fits on no other would not come back', () => {
    expect(stranded(placed, pods, full)).toBe(
      'its node n2 is cordoned, and no other node can take it: uncordon it first (kubectl uncordon n2)',
    );
  });

  test('where another node is free, or takes more than one, it would', () => {
    expect(stranded(placed, pods, [...full, aNode('n3')])).toBeUndefined();
    expect(stranded({ ...placed, perNode: 2 }, pods, full)).toBeUndefined();
    expect(stranded({ ...placed, pod: pods[1]! }, pods, full)).toBeUndefined();
  });

  test('a free node does not help where the volume is bound to the cordoned one', () => {
    const terms = [{ matchExpressions: [{ key: 'host', operator: 'In', values: ['n2'] }] }];
    expect(stranded({ ...placed, needs: { terms } }, pods, [...full, aNode('n3')])).toMatch(/cordoned/);
  });

  const dedicated = aNode('d', { taints: [{ key: 'dedicated', value: 'kafka', effect: 'NoSchedule' }] });

  test.each<[boolean, NodeNeeds]>([
    [false, {}],
    [true, { tolerations: [{ key: 'dedicated', value: 'kafka', effect: 'NoSchedule' }] }],
    [true, { tolerations: [{ key: 'dedicated', operator: 'Exists' }] }],
    [true, { tolerations: [{ operator: 'Exists' }] }],
    [false, { tolerations: [{ key: 'dedicated', value: 'other' }] }],
    [false, { tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }] }],
    [false, { tolerations: [{ operator: 'Exists' }], nodeSelector: { pool: 'kafka' } }],
  ])('a tainted node: %s for %j', (expected, needs) => {
    expect(suits(dedicated, needs)).toBe(expected);
  });
});
