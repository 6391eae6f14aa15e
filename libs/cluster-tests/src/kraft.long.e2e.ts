import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openKafka, quorumOf, readState, type FencedCluster } from '@kafka-ha/cluster';
import { brokerEdits } from '@kafka-ha/config';
import { deleteDrillTopic } from '@kafka-ha/drills';
import { assess } from '@kafka-ha/health';
import { readTopics } from '@kafka-ha/kafka';
import { podNameOf } from '@kafka-ha/manifests';
import { deploy, makePlan, roll, scale } from '@kafka-ha/operations';
import { planOutcome } from '@kafka-ha/planning';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { deployerOf } from './example/example.ts';
import { startLoad } from './load-under-test.ts';
import { failedChecks, objectives, oneDrill } from './one-drill.ts';

const minute = 60_000;
const namespace = freshNamespace('kraft');
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };
let cluster: FencedCluster;

/** The smallest cluster: what is asked of the controllers is the same whatever the number of brokers. */
async function clusterOf(brokers: number): Promise<FencedCluster> {
  const edits = brokerEdits({ brokers, tolerance: 1 });
  const spec = await exampleSpec(namespace, edits, 'cluster.kraft.yaml');
  return { kube: real.kube, spec: { ...spec, objectives } };
}

beforeAll(async () => {
  cluster = await clusterOf(3);
  // The generated Role alone is enough, in a namespace that enforces restricted pods.
  const kube = await deployerOf(real, cluster.spec);
  await drain(deploy({ ...cluster, kube }, { actor, signal }));
}, 5 * minute);

afterAll(() => removeNamespace(real, namespace), 3 * minute);

test(
  'a second deployment has nothing to do',
  async () => {
    expect(planOutcome(await makePlan(cluster, { signal }))).toBe('nothing');
    expect(await drain(deploy(cluster, { actor, signal }))).toContainEqual(
      expect.objectContaining({ step: 'apply', summary: expect.stringContaining('nothing to change') }),
    );
    expect(assess(cluster.spec, await readState(cluster, { signal }))).toMatchObject({
      status: 'healthy',
      findings: [],
    });
  },
  2 * minute,
);

test.each(['kill-broker', 'kill-controller'] as const)(
  'nothing is lost, and nobody waits longer than is promised: %s',
  async (fault) => {
    const outcome = await oneDrill(cluster, fault);
    expect(failedChecks(outcome)).toEqual([]);
    expect(outcome.verdict).toMatchObject({ result: 'pass', reasons: [] });
    expect(outcome.counts?.acknowledged).toBeGreaterThan(2_000);
    expect(outcome.replicas?.batches).toBeGreaterThan(1_000);
  },
  4 * minute,
);

test(
  'all pods are restarted under load: controllers first, the active one last of them',
  async () => {
    await using load = await startLoad(cluster, 'roll');
    const active = await activeController(cluster);
    const restarted: string[] = [];
    for await (const event of roll(cluster, { restart: 'all', actor, signal }))
      if (event.kind === 'progress' && event.data?.kind === 'restarted') restarted.push(event.data.pod.pod);
    await load.expectUnharmed();
    await deleteDrillTopic(cluster, signal);
    expect(restarted).toHaveLength(6);
    expect(restarted.slice(0, 3).every((pod) => pod.includes('controller'))).toBe(true);
    expect(restarted[2]).toBe(active);
  },
  5 * minute,
);

test(
  'a broker is added, and taken away again: the controllers know it no more',
  async () => {
    const larger = await clusterOf(4);
    await drain(scale(larger, { toleranceIsSaid: false, actor, signal }));
    await using kafka = await openKafka(larger, signal);
    expect(await holders(larger)).toEqual([0, 1, 2, 3]);
    expect(await kafka.registry.brokerIds()).toEqual([0, 1, 2, 3]);
    await drain(scale(cluster, { toleranceIsSaid: false, actor, signal }));
    expect(await holders(cluster)).toEqual([0, 1, 2]);
    expect(await kafka.registry.brokerIds()).toEqual([0, 1, 2]);
  },
  5 * minute,
);

async function activeController({ kube, spec }: FencedCluster): Promise<string | undefined> {
  const servers = await quorumOf({ kube, spec }).readServers({ signal });
  const active = servers.find(({ mode }) => mode === 'leader');
  return active && podNameOf(spec, 'controller', active.ordinal);
}

async function holders(target: FencedCluster): Promise<number[]> {
  await using kafka = await openKafka(target, signal);
  const partitions = (await readTopics(kafka)).flatMap(({ partitions }) => partitions);
  return [...new Set(partitions.flatMap(({ replicas }) => replicas))].sort();
}
