import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StepEvent } from '@kafka-ha/base';
import { listLocalClusters, localClusterStatus, type LocalCluster } from './index.ts';
import { logPath } from './paths.ts';
import { down, kubectl, up } from './testing/cluster-under-test.ts';
import { machineItself, remainsOf, tracesOf } from './testing/traces.ts';

const minutes = 60_000;
const name = 'e2e-life';
const second = 'e2e-second';

let untouched: Record<string, unknown>;
let cluster: LocalCluster;

describe('life', () => {
  beforeAll(async () => {
    for (const one of [name, second]) await down(one);
    untouched = machineItself();
    cluster = await up(name, { workers: 4, zones: 3 });
  }, 15 * minutes);

  afterAll(async () => {
    for (const one of [name, second]) await down(one);
  }, 2 * minutes);

  test('a cluster that is up answers, and its workers are spread over the zones', async () => {
    expect(cluster.nodes).toEqual(['node-0', 'node-1', 'node-2', 'node-3', 'node-4']);
    expect(await localClusterStatus({ name })).toMatchObject({
      kind: 'running',
      kubeconfigPath: cluster.kubeconfigPath,
      versions: { kubernetes: '1.35.4', kafka: ['3.9.2'], zookeeper: ['3.9.5'] },
      nodes: [
        { name: 'node-0', ready: true, zone: null },
        { name: 'node-1', ready: true, zone: 'zone-a' },
        { name: 'node-2', ready: true, zone: 'zone-b' },
        { name: 'node-3', ready: true, zone: 'zone-c' },
        { name: 'node-4', ready: true, zone: 'zone-a' },
      ],
    });
    expect(await listLocalClusters()).toContain(name);
  });

  test('while it runs, the machine itself is as it was', () => {
    expect(machineItself()).toEqual(untouched);
  });

  test('pods count for as much CPU as those of machines of their own', async () => {
    const [version1, version2] = ['cpu/', ''].map(
      (hierarchy) => `/sys/fs/cgroup/${hierarchy}kafka-ha-${name}`,
    );
    const of = (file: string, whole: number) => Number(readFileSync(file, 'utf8')) / whole;
    const processors = existsSync(`${version1}/cpu.shares`)
      ? of(`${version1}/cpu.shares`, 1024)
      : of(`${version2}/cpu.weight`, 100);
    expect(processors).toBe(Math.min(100, cluster.nodes.length * availableParallelism()));
  });

  test('up again takes under three seconds and changes nothing', async () => {
    const before = await tracesOf(name);
    const started = Date.now();
    const events: StepEvent[] = [];
    await up(name, { workers: 4, zones: 3 }, (event) => events.push(event));
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(events.filter(({ kind }) => kind === 'started')).toEqual([{ kind: 'started', step: 'check' }]);
    expect(await tracesOf(name)).toMatchObject({ networkNamespaces: before.networkNamespaces });
  });

  test('up with another shape is refused and leaves the cluster alone', async () => {
    await expect(up(name, { workers: 2 })).rejects.toMatchObject({
      code: 'conflict',
      details: ['workers: it has 4, asked for 2'],
    });
    expect(await localClusterStatus({ name })).toMatchObject({ kind: 'running' });
  });

  test(
    'an up that is stopped half-way is told as broken, and the next one makes it whole',
    async () => {
      const controller = new AbortController();
      const stopped = up(second, { signal: controller.signal }, (event) => {
        if (event.kind === 'progress' && event.step === 'control-plane') controller.abort();
      });
      await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
      expect(await localClusterStatus({ name: second })).toMatchObject({ kind: 'broken' });
      const traces = await tracesOf(second);
      expect(traces.processes.length).toBeGreaterThan(0);
      await up(second);
      expect(await localClusterStatus({ name: second })).toMatchObject({ kind: 'running' });
      const old = new Set(traces.processes);
      expect((await tracesOf(second)).processes.filter((one) => old.has(one))).toEqual([]);
    },
    5 * minutes,
  );

  test('two clusters side by side do not see each other', async () => {
    await kubectl(name, ['create', 'namespace', 'only-in-the-first']);
    const namespaces = await kubectl(second, ['get', 'namespaces', '--output', 'name']);
    expect(namespaces).not.toContain('only-in-the-first');
    const nodes = await kubectl(second, ['get', 'nodes', '--output', 'name']);
    expect(nodes).toBe('node/node-0\nnode/node-1\n');
  });

  test(
    'two ups of one cluster at once: the second waits, and finds it up',
    async () => {
      await down(second);
      const said: string[] = [];
      const note = (event: StepEvent) => {
        if (event.kind === 'progress') said.push(event.detail);
      };
      const both = await Promise.all([up(second, {}, note), up(second, {}, note)]);
      expect(both[0]).toEqual(both[1]);
      expect(said).toContain(`waiting for another process that works on ${second}`);
    },
    5 * minutes,
  );

  test(
    'down of one leaves nothing of it, and the other as it was',
    async () => {
      const traces = await tracesOf(second);
      await down(second);
      expect(remainsOf(second, traces)).toEqual([]);
      expect(await localClusterStatus({ name: second })).toEqual({ kind: 'absent', name: second });
      expect(await localClusterStatus({ name })).toMatchObject({ kind: 'running' });
    },
    2 * minutes,
  );

  test(
    'what an up that was killed has left, down removes',
    async () => {
      const index = fileURLToPath(new URL('testing/cluster-under-test.ts', import.meta.url));
      const script = `
    const { up } = await import(${JSON.stringify(index)});
    await up('${second}', {}, (event) => console.log(event.kind, event.step));`;
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      await new Promise<void>((resolve) =>
        child.stdout.on('data', (text: Buffer) => {
          if (text.includes('progress control-plane')) resolve();
        }),
      );
      child.kill('SIGKILL');
      const traces = await tracesOf(second);
      expect(traces.processes.length).toBeGreaterThan(0);
      await down(second);
      expect(remainsOf(second, traces)).toEqual([]);
    },
    5 * minutes,
  );

  test(
    'a step that fails is named, with its log',
    async () => {
      const images = { kafka: ['0.0.1'], zookeeper: ['3.9.5'] };
      await expect(up(second, { images })).rejects.toMatchObject({
        code: 'local-cluster-failed',
        message: expect.stringMatching(/^Build the images: /),
        hint: expect.stringContaining(logPath(second, 'images')),
        details: expect.arrayContaining([expect.stringContaining('org.apache.kafka:kafka_2.13:jar:0.0.1')]),
      });
    },
    5 * minutes,
  );

  test(
    'when all is down, nothing is left and the machine is as it was',
    async () => {
      const traces = await tracesOf(name);
      await down(second);
      await down(name);
      expect(remainsOf(name, traces)).toEqual([]);
      expect(machineItself()).toEqual(untouched);
      expect(await listLocalClusters()).not.toContain(name);
    },
    2 * minutes,
  );

  test('down of what is not there is no error', () => down(name));
});
