import { describe, expect, test } from '@jest/globals';
import { nodesFrom } from './nodes-from.ts';

const aNode = (name: string, ready: string, labels: Record<string, string>) => ({
  metadata: { name, labels },
  status: { conditions: [{ type: 'Ready', status: ready }], nodeInfo: { kubeletVersion: 'v1.35.4' } },
});

describe('nodesFrom', () => {
  test('the control plane comes first, and a node that is not known to be ready is not', () => {
    const items = [
      aNode('a', 'True', { 'topology.kubernetes.io/zone': 'zone-a' }),
      aNode('b', 'Unknown', {}),
      aNode('c', 'True', { 'node-role.kubernetes.io/control-plane': '' }),
    ];
    expect(nodesFrom(JSON.stringify({ items }))).toEqual({
      kubernetes: '1.35.4',
      nodes: [
        { name: 'c', ready: true, zone: null },
        { name: 'a', ready: true, zone: 'zone-a' },
        { name: 'b', ready: false, zone: null },
      ],
    });
  });
});
