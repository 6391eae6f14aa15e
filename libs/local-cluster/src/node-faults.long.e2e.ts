import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { workloadNode } from '@kafka-ha/config';
import { localClusterStatus, nodeFaults, type NodeFaults } from './index.ts';
import { runInNode } from './namespaces/node.ts';
import { aPod, down, kubectl, up } from './testing/cluster-under-test.ts';
import { remainsOf, tracesOf } from './testing/traces.ts';

const minutes = 60_000;
const name = 'e2e-faults';

let faults: NodeFaults;

describe('nodeFaults', () => {
  beforeAll(async () => {
    await down(name);
    const cluster = await up(name, { workers: 2 });
    faults = await nodeFaults(cluster, { signal: new AbortController().signal });
    for (const [pod, node] of [
      ['a', 'node-1'],
      ['b', 'node-2'],
      ['c', 'node-2'],
    ] as const)
      await kubectl(name, ['create', '-f', '-'], aPod(pod, node));
    await kubectl(name, ['wait', 'pod/a', 'pod/b', 'pod/c', '--for=condition=Ready', '--timeout=60s']);
  }, 15 * minutes);

  afterAll(() => down(name), 2 * minutes);

  const addressOf = (pod: string) =>
    kubectl(name, ['get', 'pod', pod, '--output', 'jsonpath={.status.podIP}']);

  async function reaches(from: string, to: string): Promise<boolean> {
    const connect = `nc -w 2 ${await addressOf(to)} 7000 < /dev/null`;
    return kubectl(name, ['exec', from, '--', 'timeout', '3', 'sh', '-c', connect]).then(
      (output) => output.includes('here'),
      () => false,
    );
  }

  test('pods reach each other across nodes', async () => {
    expect(await reaches('a', 'b')).toBe(true);
    expect(await reaches('b', 'a')).toBe(true);
  });

  test(
    'peers that are cut do not reach each other, and all others do',
    async () => {
      await faults.cutPeers('node-1', [await addressOf('b')]);
      expect(await reaches('a', 'b')).toBe(false);
      expect(await reaches('b', 'a')).toBe(false);
      expect(await reaches('a', 'c')).toBe(true);
      expect(await reaches('c', 'a')).toBe(true);
      await faults.healPeers('node-1');
      expect(await reaches('a', 'b')).toBe(true);
    },
    minutes,
  );

  test(
    'a node that is cut off runs on but is not reached, until it is healed',
    async () => {
      await faults.cut('node-1');
      expect(await reaches('c', 'a')).toBe(false);
      expect(await reaches('c', 'b')).toBe(true);
      await faults.heal('node-1');
      expect(await reaches('c', 'a')).toBe(true);
    },
    minutes,
  );

  test(
    'a node that crashed comes back with its disk and its pods',
    async () => {
      await kubectl(name, ['exec', 'a', '--', 'sh', '-c', 'echo > /tmp/only-in-this-container']);
      await faults.crash('node-1');
      expect(await reaches('c', 'a')).toBe(false);
      await faults.revive('node-1');
      const restarts = [
        'get',
        'pod',
        'a',
        '--output',
        'jsonpath={.status.containerStatuses[0].restartCount}',
      ];
      while ((await kubectl(name, restarts)) !== '1') await sleep(500);
      await kubectl(name, ['wait', 'pod/a', '--for=condition=Ready', '--timeout=60s']);
      expect(await reaches('c', 'a')).toBe(true);
    },
    3 * minutes,
  );

  /** Only what a pod writes is limited, with version 2 of control groups. */
  const onTheVolume = {
    volumes: [{ name: 'volume', hostPath: { path: '/mnt/volumes/kafka' } }],
    containers: [
      {
        name: 'main',
        image: `node:${workloadNode}`,
        command: ['sleep', 'infinity'],
        volumeMounts: [{ name: 'volume', mountPath: '/volume' }],
      },
    ],
  };

  async function secondsOf(work: Promise<unknown>): Promise<number> {
    const from = performance.now();
    await work;
    return (performance.now() - from) / 1000;
  }

  const inNode1 = (script: string) =>
    runInNode(name, 'node-1', { log: '/dev/null', signal: new AbortController().signal }, [
      'sh',
      '-c',
      script,
    ]);

  test(
    "a broker's volume is full until it is freed",
    async () => {
      const write = 'echo some > /mnt/volumes/kafka/file && sync /mnt/volumes/kafka/file';
      await faults.fillDisk('node-1');
      await expect(inNode1(write)).rejects.toThrow();
      await faults.freeDisk('node-1');
      await faults.freeDisk('node-1');
      await inNode1(write);
    },
    minutes,
  );

  test(
    'a node is slow until it is not limited any more',
    async () => {
      await kubectl(name, ['create', '-f', '-'], aPod('writer', 'node-1', onTheVolume));
      await kubectl(name, ['wait', 'pod/writer', '--for=condition=Ready', '--timeout=60s']);
      const write = 'dd if=/dev/zero of=/volume/file bs=100k count=7 conv=fsync';
      const disk = () => secondsOf(kubectl(name, ['exec', 'writer', '--', 'sh', '-c', write]));
      const send = ['exec', 'a', '--', 'dd', 'if=/dev/zero', 'bs=1000', 'count=700'];
      const network = () => secondsOf(kubectl(name, send));
      const fast = [await network(), await disk()];
      await faults.limitNetwork('node-1', 125_000);
      await faults.limitDisk('node-1', 100_000);
      expect(await network()).toBeGreaterThan(4);
      expect(await disk()).toBeGreaterThan(4);
      await faults.limitNetwork('node-1', null);
      await faults.limitNetwork('node-1', null);
      await faults.limitDisk('node-1', null);
      expect(await network()).toBeLessThan(fast[0]! + 2);
      expect(await disk()).toBeLessThan(fast[1]! + 2);
    },
    minutes,
  );

  test(
    'up mends what a drill has left',
    async () => {
      await faults.crash('node-1');
      await faults.cut('node-2');
      const notReady = [
        'wait',
        'node/node-1',
        'node/node-2',
        '--for=condition=Ready=Unknown',
        '--timeout=120s',
      ];
      await kubectl(name, notReady);
      await up(name, { workers: 2 });
      const status = await localClusterStatus({ name });
      expect(status).toMatchObject({ nodes: [{ ready: true }, { ready: true }, { ready: true }] });
    },
    5 * minutes,
  );

  test('the control plane and what is no node are refused', async () => {
    for (const node of ['node-0', 'node-3', 'fabric'])
      await expect(faults.crash(node)).rejects.toMatchObject({ code: 'invalid-usage' });
  });

  test(
    'a cluster with a crashed node goes down whole',
    async () => {
      const traces = await tracesOf(name);
      await faults.crash('node-2');
      await down(name);
      expect(remainsOf(name, traces)).toEqual([]);
    },
    2 * minutes,
  );
});
