import { describe, expect, test } from '@jest/globals';
import { fakeApiServer } from '@kafka-ha/kube/testing';
import { readNodes } from './read-nodes.ts';

const { signal } = new AbortController();

describe('readNodes', () => {
  test.each([
    { memory: '16Gi', room: { cpuMillis: 3920, memoryBytes: 2 ** 34 } },
    // As the kubelet tells what no unit divides.
    { memory: '16777216001', room: { cpuMillis: 3920, memoryBytes: 16_777_216_001 } },
    { memory: undefined, room: undefined },
  ])('a node that offers $memory', async ({ memory, room }) => {
    const allocatable = { cpu: '3920m', ...(memory !== undefined && { memory }) };
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      spec: {},
      status: { allocatable },
    };
    await using fake = await fakeApiServer(() => ({ json: { items: [node] } }));
    expect((await readNodes(fake.kube, signal))?.map((each) => each.room)).toEqual([room]);
  });
});
