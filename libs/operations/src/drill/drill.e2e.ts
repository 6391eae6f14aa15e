import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deleteObject, listObjects } from '@kafka-ha/kube';
import { nodeFaults } from '@kafka-ha/local-cluster';
import {
  drain,
  exampleSpec,
  freshNamespace,
  localClusterOf,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { bundleWorkload } from '@kafka-ha/workload';
import { readTopics } from '@kafka-ha/kafka';
import { openKafka, type Cluster } from '../connect.ts';
import { deploy } from '../deploy/deploy.ts';
import { guestLabels } from '../guest/guest-job.ts';
import { readScene } from './read-scene.ts';
import { drill } from './drill.ts';
import type { DrillOptions } from './drill-options.ts';
import { drillTopic } from './drill-topic.ts';
import type { FaultName } from './faults/fault.ts';
import type { Victim } from './faults/scene.ts';
import { pauseJvm, resumeJvm } from './faults/signal-jvm.ts';
import type { DrillOutcome } from './result/compose-result.ts';
import { defaultLoad } from './workload/workload-objects.ts';

const minute = 60_000;
const namespace = freshNamespace('drill');
const real = realCluster();
const { signal } = new AbortController();
const objectives = { interruptionMs: 15_000, plannedInterruptionMs: 8_000 };
let cluster: Cluster;
let bundle: string;

beforeAll(async () => {
  bundle = await bundleWorkload();
  const spec = await exampleSpec(namespace);
  // On two cores that run the whole cluster, its load and the tests, a stop takes longer than the file promises.
  cluster = { kube: real.kube, spec: { ...spec, objectives } };
  await drain(deploy(cluster, { actor: { holder: 'test' }, signal }));
}, 5 * minute);

afterAll(() => removeNamespace(real, namespace), 3 * minute);

// The test of the failover workflow has all that a pull request is held to.
test.each(['kill-broker', 'kill-two-brokers'] as const)(
  '%s: nothing is lost, duplicated or reordered, replicas agree, and users wait no longer than they are told',
  async (fault) => {
    const outcome = await oneDrill(fault);
    expect(failedChecks(outcome)).toEqual([]);
    expect(outcome.verdict).toMatchObject({ result: 'pass', reasons: [] });
    expect(outcome.counts?.acknowledged).toBeGreaterThan(2_000);
    expect(outcome.replicas?.batches).toBeGreaterThan(1_000);
    expect(outcome.phases.faultMs).toBeGreaterThan(0);
    if (outcome.victims.some((pod) => pod.includes('kafka'))) {
      expect(outcome.phases.detectedMs).toBeGreaterThan(outcome.phases.faultMs ?? NaN);
      expect(outcome.phases.inSyncMs).toBeGreaterThan(outcome.phases.detectedMs ?? NaN);
    }
  },
  4 * minute,
);

test(
  'the drill leaves neither load nor topic behind',
  async () => {
    await using kafka = await openKafka(cluster, signal);
    expect(await readTopics(kafka, [drillTopic])).toEqual([]);
    expect(await guests('Job', 'batch/v1')).toEqual([]);
    expect(await guests('ConfigMap', 'v1')).toEqual([]);
  },
  minute,
);

test(
  'a topic with three replicas does not keep its promise when two brokers go, and the drill says for which partitions',
  async () => {
    const limitMs = 8_000; // what a broker takes to come back is longer
    const impatient = { ...objectives, interruptionMs: limitMs };
    const outcome = await oneDrill('kill-two-brokers', {
      cluster: { ...cluster, spec: { ...cluster.spec, objectives: impatient } },
      topic: { replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
    });
    expect(outcome.verdict.result).toBe('fail');
    expect(failedChecks(outcome)).toContain('interruption');
    const perPartition = outcome.interruptions?.writing.perPartition ?? [];
    const unavailable = perPartition.filter(({ ms }) => ms > limitMs);
    // Of 20 partitions on three of five brokers each, a few have both victims among their three.
    expect(unavailable.length).toBeGreaterThanOrEqual(2);
    expect(unavailable.length).toBeLessThan(perPartition.length);
    expect(failedChecks(outcome)).not.toContain('lost');
  },
  4 * minute,
);

test(
  'where a leader may be elected that lacks records, the drill names the records that were lost',
  async () => {
    let follower: Victim | undefined;
    const outcome = await oneDrill('kill-broker', {
      topic: {
        replicationFactor: 2,
        config: { 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' },
      },
      // A follower falls behind, its leader dies, and then the follower is the only one there.
      onProgress: async (detail) => {
        if (detail.startsWith('steady load')) {
          follower = await aFollower();
          await pauseJvm(cluster, follower, { durationMs: minute, signal });
        }
        // At once: it has to register again before its leader, which needs a few seconds to start, is back.
        if (detail.startsWith('the fault is made') && follower !== undefined)
          await resumeJvm(cluster, follower, signal);
      },
    });
    expect(outcome.verdict.result).toBe('fail');
    expect(failedChecks(outcome)).toContain('lost');
    expect(outcome.anomalies?.lost.examples[0]).toMatchObject({
      partition: expect.any(Number),
      record: expect.stringMatching(/^\d+\/\d+$/),
    });
  },
  4 * minute,
);

test(
  'a drill whose load is killed has no verdict',
  async () => {
    const outcome = await oneDrill('kill-zookeeper-leader', {
      onProgress: async (detail) => {
        if (!detail.startsWith('the fault is made')) return;
        for (const pod of await guests('Pod', 'v1'))
          await deleteObject(
            real.kube,
            { apiVersion: 'v1', kind: 'Pod', namespace, name: pod },
            { gracePeriodSeconds: 0 },
          );
      },
    });
    expect(outcome.verdict.result).toBe('no-verdict');
    expect(outcome.verdict.reasons.join('; ')).toMatch(/did not come to its end/);
  },
  4 * minute,
);

test(
  'an API server that is away for a while makes no verdict wrong',
  async () => {
    const { stallApiServer } = await nodeFaults(await localClusterOf(real), { signal });
    const outcome = await oneDrill('kill-broker', {
      onProgress: async (detail) => {
        if (detail.startsWith('the fault is made')) await stallApiServer(20_000);
      },
    });
    expect(['pass', 'no-verdict']).toContain(outcome.verdict.result);
    expect(outcome.counts?.acknowledged).toBeGreaterThan(2_000);
    expect(failedChecks(outcome)).toEqual([]);
  },
  4 * minute,
);

test('more brokers than the file bears to lose are not taken', async () => {
  const spec = { ...cluster.spec, tolerance: 1 };
  await expect(oneDrill('kill-two-brokers', { cluster: { ...cluster, spec } })).rejects.toMatchObject({
    code: 'invalid-usage',
    message: expect.stringContaining('takes 2 brokers at once'),
  });
});

/** Any broker but the controller: each follows each other one for some partition. */
async function aFollower(): Promise<Victim> {
  const { brokers } = await readScene(cluster, { loadNode: '', turn: 0, signal });
  const { id, pod, node } = brokers.find(({ controls }) => !controls) ?? brokers[0]!;
  return { component: 'kafka', pod, node, ordinal: id };
}

type OneDrill = Partial<Pick<DrillOptions, 'topic'>> & {
  cluster?: Cluster;
  onProgress?: (detail: string) => Promise<void>;
};

async function oneDrill(
  fault: FaultName,
  { cluster: target = cluster, onProgress, topic }: OneDrill = {},
): Promise<DrillOutcome> {
  const outcomes: DrillOutcome[] = [];
  const operation = drill(target, {
    drills: [{ fault, turn: 0 }],
    load: defaultLoad,
    bundle,
    durationMs: 20_000,
    ...(topic && { topic }),
    onOutcome: async (outcome) => void outcomes.push(outcome),
    actor: { holder: 'test' },
    signal,
  });
  for await (const event of operation) if (event.kind === 'progress') await onProgress?.(event.detail);
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('the drill had no outcome');
  return outcome;
}

function failedChecks({ verdict }: DrillOutcome): string[] {
  return verdict.checks.filter(({ result }) => result === 'fail').map(({ objective }) => objective);
}

async function guests(kind: string, apiVersion: string): Promise<string[]> {
  const labelSelector = Object.entries(guestLabels(cluster.spec, 'drill'))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const found = await listObjects(real.kube, { apiVersion, kind, namespace, labelSelector });
  return found.map(({ metadata }) => metadata.name);
}
