import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { NodeState } from '@kafka-ha/planning';
import { judgeNodes } from './check-nodes.ts';

const spec = aSpec({ brokers: 5 });
const nodes = (count: number, state: Partial<NodeState> = {}): NodeState[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `n${index}`;
    return { name, labels: {}, ready: true, cordoned: false, taints: [], ofCloud: false, ...state };
  });

describe('checkNodes', () => {
  test('too few nodes are refused where no more can come', () => {
    expect(() => judgeNodes(spec, nodes(2))).toThrow('5 brokers, 1 per node, need 5 nodes: there are 2');
    expect(judgeNodes(spec, nodes(5))).toBe(', 5 nodes');
  });

  test('where a cloud makes nodes, or none is there yet, too few are said', () => {
    expect(judgeNodes(spec, nodes(2, { ofCloud: true }))).toMatch(
      /need 5 nodes: there are 2, others may be created/,
    );
    expect(judgeNodes(spec, [])).toMatch(/others may be created/);
  });

  test('nodes that are not ready yet, or cordoned, are said', () => {
    expect(judgeNodes(spec, [...nodes(2), ...nodes(3, { ready: false })])).toMatch(
      /there are 2, and 3 that are not ready or cordoned/,
    );
  });

  test('nodes with a taint that nothing tolerates do not count', () => {
    const tainted = nodes(6, { taints: [{ key: 'dedicated', value: 'kafka', effect: 'NoSchedule' }] });
    expect(() => judgeNodes(spec, tainted)).toThrow('there are 0');
  });
});
