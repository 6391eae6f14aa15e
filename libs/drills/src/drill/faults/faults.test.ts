import { describe, expect, test } from '@jest/globals';
import type { Mode } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import type { Victim } from '@kafka-ha/history';
import { aStatus, fakeApiServer } from '@kafka-ha/kube/testing';
import type { NodeFaults } from '@kafka-ha/local-cluster';
import type { FaultScene } from '@kafka-ha/planning';
import type { FaultName } from './fault.ts';
import { faultNamesOf, faultOf } from './faults.ts';

const zookeeper = aSpec({ brokers: 3, tolerance: 1 });
const kraft = aSpec({ mode: 'kraft', brokers: 3, tolerance: 1 });

describe('faults', () => {
  test('a fault that there is only in the other mode is refused with those that there are', () => {
    expect(() => faultOf(kraft, 'lose-zookeeper-quorum')).toThrow(
      expect.objectContaining({
        code: 'invalid-usage',
        message: 'lose-zookeeper-quorum is no fault of a cluster with mode: kraft',
        hint: expect.stringMatching(
          /^Its faults are stop-broker, .*lose-controller-quorum.*cut-controllers.*drain-two-nodes\.$/,
        ),
      }),
    );
    expect(() => faultOf(zookeeper, 'cut-controllers')).toThrow(
      expect.objectContaining({ hint: expect.not.stringMatching(/stop-controller|-quorum,.*-quorum/) }),
    );
  });

  test('the controller is a broker where ZooKeeper elects it, and else the active one of its own kind', () => {
    expect(victimsOf(zookeeper, 'kill-controller')).toEqual(['events-kafka-2']);
    expect(faultOf(zookeeper, 'kill-controller').brokersAway).toBe(1);
    for (const name of ['kill-controller', 'stop-controller'] as const) {
      expect(victimsOf(kraft, name)).toEqual(['events-controller-1']);
      expect(faultOf(kraft, name).brokersAway).toBe(0);
    }
    expect(faultOf(kraft, 'stop-controller').planned).toBe(true);
  });

  test('in a migration there are faults of both quorums', () => {
    const names = [
      'kill-controller',
      'kill-zookeeper-leader',
      'lose-zookeeper-quorum',
      'stop-controller',
    ] as const;
    const known = (mode: Mode) => names.filter((name) => faultNamesOf({ mode }).includes(name));
    expect(known('migrating')).toEqual(['kill-controller', 'kill-zookeeper-leader', 'lose-zookeeper-quorum']);
    expect(known('dual-write')).toEqual(['kill-controller', 'kill-zookeeper-leader', 'stop-controller']);
    expect(faultOf({ mode: 'migrating' }, 'kill-controller').brokersAway).toBe(1);
    expect(faultOf({ mode: 'dual-write' }, 'kill-controller').brokersAway).toBe(0);
  });

  test('a broker goes with the active controller, and a majority of controllers with it', () => {
    expect(victimsOf(kraft, 'kill-broker-and-controller')).toEqual(['events-kafka-0', 'events-controller-1']);
    expect(victimsOf(kraft, 'lose-controller-quorum')).toEqual([
      'events-controller-1',
      'events-controller-0',
    ]);
  });

  test('a broker is cut off from the controllers alone, whatever else is on its node', async () => {
    expect(await cutBy(kraft, 'cut-controllers')).toEqual([
      ['node-1', ['ip-events-controller-0', 'ip-events-controller-1', 'ip-events-controller-2'], own],
    ]);
    expect(faultOf(kraft, 'cut-controllers').endsSession).toBe(true);
  });

  test('from its peers a broker is cut off alone where a controller may be on its node', async () => {
    const peers = ['ip-events-kafka-0', 'ip-events-kafka-2'];
    expect(await cutBy(kraft, 'cut-peers')).toEqual([['node-1', peers, own]]);
    expect(await cutBy(zookeeper, 'cut-peers')).toEqual([['node-1', peers]]);
  });

  test('the nodes of a zone crash at the same moment, each once, and each is started again', async () => {
    await using fake = await fakeApiServer(() => aStatus(405, 'no'));
    const asked: string[] = [];
    const nodes: Partial<NodeFaults> = {
      crash: async (node) => void asked.push(`crash ${node} at ${fake.clock.now()}`),
      revive: async (node) => void asked.push(`revive ${node}`),
    };
    const victims: Victim[] = [
      { component: 'kafka', pod: 'events-kafka-0', node: 'node-1', ordinal: 0 },
      { component: 'kafka', pod: 'events-kafka-3', node: 'node-4', ordinal: 3 },
      { component: 'zookeeper', pod: 'events-zookeeper-0', node: 'node-1', ordinal: 0 },
    ];
    const doubts: string[] = [];
    const atSecond = Math.ceil(Date.now() / 1000) + 100;
    const hands = {
      cluster: { kube: fake.kube, spec: zookeeper, signal: new AbortController().signal },
      durationMs: 0,
      nodes: nodes as NodeFaults,
      moment: { atSecond, doubt: (reason: string) => void doubts.push(reason) },
    };
    const fault = faultOf(zookeeper, 'crash-zone');
    await fault.strike(victims, hands);
    const at = fake.clock.now();
    expect(at).toBeGreaterThan(90_000);
    expect(asked).toEqual([`crash node-1 at ${at}`, `crash node-4 at ${at}`]);
    expect(doubts).toEqual([]);
    await fault.strike(victims, { ...hands, moment: { ...hands.moment, atSecond: atSecond - 200 } });
    expect(doubts).toEqual(['the nodes did not stop at once']);
    await fault.end?.(victims, hands);
    expect(asked.slice(-2)).toEqual(['revive node-1', 'revive node-4']);
  });

  const own = ['ip-events-kafka-1'];

  /** What the cut of broker 1 asks of the nodes. */
  async function cutBy(spec: typeof kraft, name: FaultName) {
    await using fake = await fakeApiServer(({ method, path }) =>
      method === 'GET' ? { json: { status: { podIP: `ip-${path.split('/').at(-1)}` } } } : aStatus(405, 'no'),
    );
    const asked: unknown[][] = [];
    const nodes = { cutPeers: async (...cut: unknown[]) => void asked.push(cut) } as Partial<NodeFaults>;
    const victim: Victim = { component: 'kafka', pod: 'events-kafka-1', node: 'node-1', ordinal: 1 };
    await faultOf(spec, name).strike([victim], {
      cluster: { kube: fake.kube, spec, signal: new AbortController().signal },
      durationMs: 0,
      nodes: nodes as NodeFaults,
    });
    return asked;
  }

  /** The pods that a fault takes where broker 2 is the controller, if a broker is, and server 1 leads the quorum. */
  function victimsOf(spec: typeof kraft, name: FaultName): string[] {
    const component = spec.mode === 'kraft' ? 'controller' : 'zookeeper';
    const scene: FaultScene = {
      brokers: [0, 1, 2].map((id) => ({
        id,
        pod: `events-kafka-${id}`,
        node: `node-${id}`,
        leads: 4,
        controls: component === 'zookeeper' && id === 2,
      })),
      quorum: [0, 1, 2].map((ordinal) => ({
        component,
        ordinal,
        pod: `events-${component}-${ordinal}`,
        node: `node-${ordinal}`,
        leads: ordinal === 1,
      })),
      tolerance: 1,
      loadNode: 'node-9',
      turn: 0,
    };
    return faultOf(spec, name)
      .choose(scene)
      .map(({ pod }) => pod);
  }
});
