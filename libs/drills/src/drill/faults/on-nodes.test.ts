import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { readPods } from '@kafka-ha/cluster';
import { aSpec } from '@kafka-ha/config/testing';
import type { Victim } from '@kafka-ha/history';
import { acceptWebSockets, aStatus, fakeApiServer, type FakeApiServer } from '@kafka-ha/kube/testing';
import type { NodeFaults } from '@kafka-ha/local-cluster';
import type { Hands } from './fault.ts';
import { faultOf, undoFaults } from './faults.ts';
import { mendFault } from './mend-fault.ts';

const spec = aSpec({ name: 'events', brokers: 3, tolerance: 1 });
const victim: Victim = { component: 'kafka', pod: 'events-kafka-1', node: 'node-1', ordinal: 1 };

let fake: FakeApiServer;
/** What is asked of the nodes, e.g. `crash node-1`. */
let asked: string[];
/** What of that fails. */
let failing: string[];
let execs: string[];
let isReady: boolean;

describe('faults on nodes', () => {
  beforeEach(async () => {
    [asked, failing, execs, isReady] = [[], [], [], true];
    fake = await fakeApiServer(({ method, path }) =>
      method === 'GET' && /[/](pods|nodes)$/.test(path)
        ? { json: { items: path.endsWith('pods') ? [0, 1, 2].map(aPod) : [] } }
        : aStatus(405, 'no'),
    );
    acceptWebSockets(fake, (socket, url) => {
      execs.push(`${url.pathname.split('/').at(-2)}: ${url.searchParams.getAll('command').at(-1)}`);
      socket.send(Buffer.concat([Buffer.of(3), Buffer.from('{"status":"Success"}')]));
    });
  });

  afterEach(async () => {
    await fake[Symbol.asyncDispose]();
  });

  test('a volume is full until the end, and a broker that goes on with it makes the fault doubtful', async () => {
    const doubts: string[] = [];
    const hands = { ...handsOf(), doubt: (reason: string) => void doubts.push(reason) };
    const fault = faultOf(spec, 'fill-disk');
    await fault.strike([victim], hands);
    isReady = false;
    await fault.meanwhile?.([victim], hands);
    expect(doubts).toEqual([]);
    isReady = true;
    await fault.meanwhile?.([victim], hands);
    expect(doubts).toEqual(['events-kafka-1 did not stop, though its volume was full']);
    await fault.end?.([victim], hands);
    expect(asked).toEqual(['fillDisk node-1', 'freeDisk node-1']);
  });

  test.each([
    ['slow-network', 'limitNetwork', 125_000],
    ['slow-disk', 'limitDisk', 100_000],
  ] as const)('%s lasts until its end', async (name, limit, bytesPerSecond) => {
    const fault = faultOf(spec, name);
    await fault.strike([victim], handsOf());
    await fault.end?.([victim], handsOf());
    expect(asked).toEqual([`${limit} node-1 ${bytesPerSecond}`, `${limit} node-1 null`]);
  });

  test('what a killed run may have left is undone on every node, and in every pod', async () => {
    const { cluster, nodes } = handsOf();
    await undoFaults({ cluster, nodes, pods: await readPods(cluster) });
    expect(asked.slice(0, 3)).toEqual(['revive node-0', 'revive node-1', 'revive node-2']);
    const undone = asked.filter((each) => each.includes('node-2'));
    const undoings = ['revive node-2', 'heal node-2', 'healPeers node-2', 'freeDisk node-2'];
    expect(undone).toEqual([...undoings, 'limitNetwork node-2 null', 'limitDisk node-2 null']);
    expect(execs).toEqual([0, 1, 2].map((id) => expect.stringMatching(`^events-kafka-${id}: kill -CONT`)));
  });

  test('a node that cannot be crashed or started again keeps no other from it', async () => {
    failing = ['crash node-0', 'revive node-0', 'revive node-1'];
    const zone = [0, 1, 2].map((ordinal) => ({ ...victim, node: `node-${ordinal}`, ordinal }));
    const fault = faultOf(spec, 'crash-zone');
    await expect(fault.strike(zone, handsOf())).rejects.toThrow('no crash node-0');
    expect(asked).toEqual(['crash node-1', 'crash node-2']);
    await expect(fault.end?.(zone, handsOf())).rejects.toMatchObject({
      message: 'no revive node-0',
      details: ['no revive node-1'],
    });
    expect(asked.slice(2)).toEqual(['revive node-2']);
  });

  test('a fault that is over leaves nothing to undo', async () => {
    expect(await mended('cut-node', { isStruck: true })).toEqual([]);
    expect(asked).toEqual(['heal node-1']);
    expect(execs).toEqual([]);
  });

  test('where the end fails, or not all was hit, all is undone', async () => {
    failing = ['revive node-1'];
    const failures = await mended('crash-node', { isStruck: true });
    expect(failures.map(String)).toEqual([
      'KafkaHaError: no revive node-1',
      'KafkaHaError: no revive node-1',
    ]);
    expect(asked).toEqual(expect.arrayContaining(['revive node-0', 'revive node-2', 'heal node-1']));
    [asked, failing] = [[], []];
    expect(await mended('crash-node', { isStruck: false })).toEqual([]);
    expect(asked).toEqual(expect.arrayContaining(['revive node-1', 'heal node-1', 'limitDisk node-1 null']));
  });

  async function mended(name: 'crash-node' | 'cut-node', { isStruck }: { isStruck: boolean }) {
    const hands = handsOf();
    const pods = await readPods(hands.cluster);
    return await mendFault(faultOf(spec, name), { victims: [victim], hands, pods, isStruck });
  }

  test('where nodes are not ours, only the pods are looked after', async () => {
    const { cluster } = handsOf();
    await undoFaults({ cluster, nodes: undefined, pods: await readPods(cluster) });
    expect(execs).toHaveLength(3);
  });

  function handsOf(): Hands {
    const nodes = new Proxy({} as NodeFaults, {
      get:
        (_, act) =>
        async (...how: unknown[]) => {
          const what = [act, ...how].map(String).join(' ');
          if (failing.includes(what)) throw new KafkaHaError('local-cluster-failed', `no ${what}`);
          await sleep(5);
          asked.push(what);
        },
    });
    const { signal } = new AbortController();
    return { cluster: { kube: fake.kube, spec, signal }, durationMs: 20_000, nodes };
  }

  function aPod(ordinal: number) {
    return {
      metadata: { name: `events-kafka-${ordinal}`, uid: `uid-${ordinal}` },
      spec: { nodeName: `node-${ordinal}` },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: isReady || ordinal !== 1 ? 'True' : 'False' }],
      },
    };
  }
});
