import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { StepEvent } from '@kafka-ha/base';
import { downLocalCluster } from '../down-local-cluster.ts';
import type { LocalCluster } from '../local-cluster.ts';
import { clusterDirectory } from '../paths.ts';
import { upKind } from './up-kind.ts';

/** All of it runs for real, with doubles of `docker` and `kind` on the PATH, which note how they are called. */
let root: string;
const name = 'unit-test-of-kind';
const path = process.env['PATH'];
const { signal } = new AbortController();

describe('upKind', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'up-kind-'));
    process.env['PATH'] = `${root}:${path}`;
    program('kind', `case $1 in version) echo 'kind v0.31.0 go1.25.5 linux/amd64' ;; esac`);
  });

  afterEach(async () => {
    process.env['PATH'] = path;
    await rm(root, { recursive: true });
    await rm(clusterDirectory(name), { recursive: true, force: true });
  });

  test('a cluster is up when all its workers are ready, which they are after kind has ended', async () => {
    docker({ readyAfter: 3 });
    const { cluster, said } = await up();
    expect(cluster.nodes).toEqual(['c-control-plane', 'c-worker', 'c-worker2']);
    expect(calls().filter((call) => call.includes('get nodes'))).toHaveLength(3);
    expect(said).toContain('3 of 3 nodes ready');
  });

  test('images are pulled once, before the nodes are there, and loaded into them', async () => {
    docker({ has: 'zookeeper:3.9.5' });
    await up();
    const load = aSpec().images.workload;
    const wanted = calls().filter((call) => !/version|inspect|exec|delete/.test(call));
    expect(wanted.map((call) => call.replace(/ --kubeconfig.*| \S+images.tar/, ''))).toEqual([
      'docker pull apache/kafka:3.9.2',
      `docker pull ${load}`,
      `kind create cluster --name kafka-ha-${name}`,
      `docker save --output apache/kafka:3.9.2 zookeeper:3.9.5 ${load}`,
      `kind load image-archive --name kafka-ha-${name} --nodes kafka-ha-${name}-worker,kafka-ha-${name}-worker2`,
    ]);
  });

  test('without a registry the cluster comes up all the same, and says that nodes pull for themselves', async () => {
    docker({ pull: 'exit 1' });
    const { cluster, warnings } = await up();
    expect(cluster.nodes).toHaveLength(3);
    expect(warnings).toEqual([expect.stringContaining('each node pulls what it lacks')]);
  });

  test('what may be in the way is told first', async () => {
    docker();
    expect((await up(['few inotify instances'])).warnings).toEqual(['few inotify instances']);
  });

  test('where the kernel keeps the network from enforcing policies, that is told', async () => {
    docker({ nft: '! grep -q queue' });
    expect((await up()).warnings).toEqual([expect.stringContaining('NFT_QUEUE')]);
  });

  test('nodes without nft, or whose kernel has all that it takes, tell nothing of policies', async () => {
    for (const nft of ['exit 127', 'cat > /dev/null']) {
      docker({ nft });
      expect((await up()).warnings).toEqual([]);
      await rm(clusterDirectory(name), { recursive: true });
    }
  });

  test('when the last cluster goes the kernel is put back, whatever the cluster was made of', async () => {
    docker();
    await up();
    let restored = '';
    const events = downLocalCluster({ name, signal, restore: async (which) => void (restored = which) });
    while (!(await events.next()).done);
    expect(restored).toBe(name);
  });

  async function up(
    warnings: string[] = [],
  ): Promise<{ cluster: LocalCluster; said: string[]; warnings: string[] }> {
    const images = { kafka: ['3.9.2'], zookeeper: ['3.9.5'] };
    const volumes = { kafka: 10, zookeeper: 2, controller: 2 };
    const wanted = { provider: 'kind', workers: 2, zones: 3, images, volumes } as const;
    const events: StepEvent[] = [];
    const running = upKind(name, wanted, warnings, signal);
    for (;;) {
      const { done, value } = await running.next();
      if (!done) {
        events.push(value);
        continue;
      }
      return {
        cluster: value,
        said: events.flatMap((event) => (event.kind === 'progress' ? [event.detail] : [])),
        warnings: events.flatMap((event) => (event.kind === 'warning' ? [event.message] : [])),
      };
    }
  }

  /** A Docker that has that image, whose nodes are ready when they have been asked so many times, and whose nft does that. */
  function docker({ readyAfter = 1, has = 'none', pull = 'exit 0', nft = 'cat > /dev/null' } = {}): void {
    const node = (role: string, ready: string) => ({
      metadata: {
        name: `c-${role}`,
        labels: role === 'control-plane' ? { 'node-role.kubernetes.io/control-plane': '' } : {},
      },
      status: { conditions: [{ type: 'Ready', status: ready }], nodeInfo: { kubeletVersion: 'v1.35.0' } },
    });
    const nodes = (ready: string) =>
      JSON.stringify({
        items: [node('control-plane', 'True'), node('worker', ready), node('worker2', ready)],
      });
    program(
      'docker',
      `case $1 in
image) [ $5 = ${has} ] ;;
pull) ${pull} ;;
exec)
  case "$*" in *' nft '*) ${nft}; exit ;; esac
  if [ $(grep -c 'get nodes' ${root}/calls) -lt ${readyAfter} ]; then echo '${nodes('False')}'; else echo '${nodes('True')}'; fi ;;
esac`,
    );
  }

  function calls(): string[] {
    return readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');
  }

  function program(file: string, body: string): void {
    writeFileSync(join(root, file), `#!/bin/sh\necho "${file} $*" >> ${root}/calls\n${body}\n`, {
      mode: 0o755,
    });
  }
});
