import { describe, expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import type { Victim } from '@kafka-ha/history';
import type { KubeObject } from '@kafka-ha/kube';
import { aStatus, type Reply } from '@kafka-ha/kube/testing';
import type { Hands } from './fault.ts';
import { faultOf, undoFaults } from './faults.ts';

const spec = aSpec({ name: 'events', brokers: 3, tolerance: 1 });
const fault = faultOf(spec, 'drain-two-nodes');
const victims = [0, 1].map((ordinal): Victim => ({
  component: 'kafka',
  pod: `events-kafka-${ordinal}`,
  node: `node-${ordinal}`,
  ordinal,
}));
const budgetSaysNo = aStatus(429, "Cannot evict pod as it would violate the pod's disruption budget.");
const durationMs = 20_000;

describe('drain two nodes', () => {
  test('the second broker is evicted when the first is back, which it is when its node is', async () => {
    await using it = await aCluster();
    await fault.strike(victims, it.hands);
    expect([it.isCordoned(0), it.isCordoned(1)]).toEqual([true, true]);
    expect(it.evicted()).toEqual(['events-kafka-0']);
    await fault.meanwhile?.(victims, it.hands);
    expect(it.evicted()).toEqual(['events-kafka-0', 'events-kafka-1']);
    expect([it.isCordoned(0), it.isCordoned(1)]).toEqual([false, true]);
    expect(it.asked()).toBeGreaterThan(durationMs / 1000);
    expect(it.breaches).toEqual([]);
    await fault.end?.(victims, it.hands);
    expect([it.isCordoned(0), it.isCordoned(1)]).toEqual([false, false]);
  });

  test('a budget that lets the second go while the first is away has not held', async () => {
    await using it = await aCluster({ budget: () => undefined });
    await fault.strike(victims, it.hands);
    await fault.meanwhile?.(victims, it.hands);
    expect(it.breaches).toEqual(['events-kafka-1 was evicted while events-kafka-0 was away']);
  });

  test('a budget that lets none go makes no drill', async () => {
    await using it = await aCluster({ budget: () => budgetSaysNo });
    await expect(fault.strike(victims, it.hands)).rejects.toMatchObject({
      code: 'unhealthy',
      message: 'the disruption budget refuses the eviction of events-kafka-0',
    });
  });

  test('an account that may not evict is told what it needs', async () => {
    await using it = await aCluster({
      budget: () => aStatus(403, 'pods/eviction is forbidden: attempting to grant'),
    });
    await expect(fault.strike(victims, it.hands)).rejects.toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('pods/eviction'),
    });
  });

  test('a node that somebody else has cordoned is left alone, at the end as well', async () => {
    await using it = await aCluster({ cordoned: 1 });
    await expect(fault.strike(victims, it.hands)).rejects.toThrow('node node-1 is cordoned already');
    await fault.end?.(victims, it.hands);
    expect([it.isCordoned(0), it.isCordoned(1)]).toEqual([false, true]);
  });

  test('what a killed run has cordoned is found, and nothing else', async () => {
    await using it = await aCluster({ cordoned: 2 });
    await fault.strike(victims, it.hands);
    const { cluster } = it.hands;
    const elsewhere = { ...cluster, spec: aSpec({ name: 'other' }) };
    await undoFaults({ cluster: elsewhere, nodes: undefined, pods: [] });
    expect([0, 1, 2].map(it.isCordoned)).toEqual([true, true, true]);
    await undoFaults({ cluster, nodes: undefined, pods: [] });
    expect([0, 1, 2].map(it.isCordoned)).toEqual([false, false, true]);
    expect(it.annotations(0)).toEqual({});
  });

  test('an account that may not list nodes has cordoned none', async () => {
    await using it = await aCluster({ mayList: false });
    const { cluster } = it.hands;
    await undoFaults({ cluster, nodes: undefined, pods: [] });
    expect(it.changes()).toEqual([]);
  });

  type Options = { budget?: () => Reply | undefined; cordoned?: number; mayList?: boolean };

  /** Three brokers, a node each; one that was evicted is back as soon as its node takes pods. */
  async function aCluster({ budget, cordoned, mayList = true }: Options = {}) {
    const asks: string[] = [];
    const evicted: string[] = [];
    const node = (index: number) => fake.objects.get(`nodes/node-${index}`) as KubeObject & { spec: Json };
    const isCordoned = (index: number) => node(index).spec['unschedulable'] === true;
    const isAway = (name: string) => evicted.includes(name) && isCordoned(Number(name.at(-1)));
    const firstAway = () => (evicted.some(isAway) ? budgetSaysNo : undefined);
    const ids = [0, 1, 2];
    const objects = [
      ...ids.map((id) => aPod(id)),
      ...ids.map((id) => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: `node-${id}`, annotations: {} },
        spec: id === cordoned ? { unschedulable: true } : {},
      })),
    ];
    const fake = await fakeObjects(objects, ({ method, path }) => {
      if (path === '/api/v1/nodes')
        return mayList
          ? { json: { items: ids.map(node) } }
          : aStatus(403, 'User "a" cannot list resource "nodes" at the cluster scope');
      if (method === 'GET' && path.endsWith('/pods'))
        return { json: { items: ids.map((id) => aPod(id, !isAway(`events-kafka-${id}`))) } };
      if (!path.endsWith('/eviction')) return undefined;
      const name = path.split('/').at(-2) ?? '';
      asks.push(name);
      const refused = (budget ?? firstAway)();
      if (refused !== undefined) return refused;
      evicted.push(name);
      return { status: 201, json: {} };
    });
    const breaches: string[] = [];
    const hands: Hands = {
      cluster: { kube: fake.kube, spec, signal: new AbortController().signal },
      durationMs,
      nodes: undefined,
      breach: (reason) => void breaches.push(reason),
    };
    return {
      hands,
      breaches,
      isCordoned,
      evicted: () => evicted,
      asked: () => asks.length,
      changes: fake.changes,
      annotations: (index: number) => node(index).metadata.annotations,
      [Symbol.asyncDispose]: fake[Symbol.asyncDispose],
    };
  }

  type Json = Record<string, unknown>;

  function aPod(ordinal: number, ready = true) {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `events-kafka-${ordinal}`, namespace: spec.namespace, uid: `uid-${ordinal}` },
      spec: { nodeName: `node-${ordinal}` },
      status: { phase: 'Pending', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    };
  }
});
