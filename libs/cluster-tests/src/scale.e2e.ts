import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { brokerEdits } from '@kafka-ha/config';
import { assess } from '@kafka-ha/health';
import type { StepEvent } from '@kafka-ha/base';
import {
  createTopics,
  listReassignments,
  proveWritePath,
  readBrokerConfigs,
  readEndOffsets,
  readTopics,
} from '@kafka-ha/kafka';
import { execInPod, getObject } from '@kafka-ha/kube';
import { claimOf, kafkaConfigOf, kafkaLogPath, ordinals, podOf } from '@kafka-ha/manifests';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { awaitReady, type FencedCluster, openKafka, readState } from '@kafka-ha/cluster';
import {
  abortScale,
  applyBrokers,
  deploy,
  readLogFolders,
  scale,
  scalePlan,
  shellIn,
} from '@kafka-ha/operations';
import { deleteDrillTopic, killJvm } from '@kafka-ha/drills';
import { startLoad } from './load-under-test.ts';

const minute = 60_000;
const namespace = freshNamespace('scale');
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };
/** Two JVMs that start on two cores hold everything else up for seconds: brokers, ZooKeeper and the load. */
const longestInterruptionMs = 10_000;

async function clusterOf(brokers: number, tolerance: number): Promise<FencedCluster> {
  return { kube: real.kube, spec: await exampleSpec(namespace, brokerEdits({ brokers, tolerance })) };
}

beforeAll(async () => {
  const cluster = await clusterOf(3, 1);
  await drain(deploy(cluster, { actor, signal }));
  await using kafka = await openKafka(cluster, signal);
  await createTopics(kafka, [{ name: 'of-nobody', config: {}, assignment: [[0, 1, 2]] }], { signal });
}, 5 * minute);

afterAll(() => removeNamespace(real, namespace), 3 * minute);

test('a change of the replication factor is not made unawares', async () => {
  const plan = scalePlan(await clusterOf(5, 2), { toleranceIsSaid: false, signal });
  await expect(drain(plan)).rejects.toMatchObject({
    code: 'invalid-usage',
    message: expect.stringContaining('from 3 to 5'),
    hint: expect.stringContaining('--tolerance 2'),
  });
});

test(
  'from 3 brokers with 3 replicas to 5 with 5, under load: nothing is lost, nobody waits long, all is even',
  async () => {
    const cluster = await clusterOf(5, 2);
    await scaleUnderLoad(await clusterOf(3, 1), cluster);
    await expectEven(cluster);
  },
  4 * minute,
);

test('a deploy does not take brokers away that hold replicas', async () => {
  await expect(drain(deploy(await clusterOf(3, 1), { actor, signal }))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('the cluster has 5 brokers, but the cluster file says 3'),
    hint: expect.stringContaining('kafka-ha scale'),
  });
});

test(
  'back to 3 with 3, under load; the brokers that go hold nothing, not even a forgotten log, and their volumes stay',
  async () => {
    const cluster = await clusterOf(3, 1);
    await plantLog(cluster, 4, 'forgotten-0');
    await scaleUnderLoad(await clusterOf(5, 2), cluster);
    await expectEven(cluster);
    for (const id of [3, 4]) {
      const name = claimOf(podOf(cluster.spec, id));
      const ref = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name };
      expect(await getObject(real.kube, ref)).toMatchObject({ status: { phase: 'Bound' } });
    }
  },
  4 * minute,
);

test(
  'a broker that comes back with logs of another time loses them before anything is moved to it, and no topic made since',
  async () => {
    const cluster = await clusterOf(4, 1);
    const { dynamic } = kafkaConfigOf(cluster.spec);
    await drain(applyBrokers(cluster, { brokers: 4, dynamic, signal }));
    await drain(awaitReady(cluster, 'kafka', signal));
    await plantLog(cluster, 3, 'of-nobody-0');

    const events: StepEvent[] = [];
    for await (const event of scale(cluster, { toleranceIsSaid: false, actor, signal })) {
      events.push(event);
      if (event.kind !== 'started' || event.step !== 'add') continue;
      await using kafka = await openKafka(cluster, signal);
      await createTopics(kafka, [{ name: 'made-meanwhile', config: {}, assignment: [[3]] }], { signal });
      await drain(
        proveWritePath(kafka, {
          topics: [{ name: 'made-meanwhile', partitions: 1 }],
          runId: 'meanwhile',
          recordsPerPartition: 10,
          signal,
        }),
      );
    }
    expect(events).toContainEqual(
      expect.objectContaining({ step: 'add', summary: expect.stringContaining('old logs deleted') }),
    );
    await using kafka = await openKafka(cluster, signal);
    const [ends] = await readEndOffsets(kafka, await readTopics(kafka, ['made-meanwhile']));
    expect(ends?.offsets).toEqual(new Map([[0, 10]]));
    expect(await readLogFolders(shellIn(cluster, 3, signal))).not.toEqual([]);
    await expectEven(cluster);
  },
  4 * minute,
);

test(
  'a broker that is killed while replicas are moved is waited for; what is moved meanwhile is there in the end',
  async () => {
    const cluster = await clusterOf(5, 1);
    await using load = await startLoad(await clusterOf(4, 1), 'killed');
    let killed = false;
    const options = { toleranceIsSaid: false, throttleBytesPerSecond: 100_000, actor, signal };
    for await (const event of scale(cluster, options)) {
      if (killed || event.kind !== 'progress' || !/ moved|to move|left/.test(event.detail)) continue;
      killed = true;
      await killJvm(
        cluster,
        { component: 'kafka', pod: podOf(cluster.spec, 1), node: '', ordinal: 1 },
        signal,
      );
    }
    expect(killed).toBe(true);
    await load.expectUnharmed();
    await deleteDrillTopic(cluster, signal);
    await expectEven(cluster);
  },
  4 * minute,
);

test(
  'done once, there is nothing left to do, and nothing to abort',
  async () => {
    const cluster = await clusterOf(5, 1);
    const events = await drain(scale(cluster, { toleranceIsSaid: false, actor, signal }));
    const summaries = events.flatMap((event) => (event.kind === 'finished' ? [event.summary] : []));
    expect(summaries).toContain('every replica is where it should be');
    const aborted = await drain(abortScale(cluster, { actor, signal }));
    expect(aborted).toContainEqual(expect.objectContaining({ summary: 'nothing is being moved' }));
  },
  minute,
);

/** What a broker keeps that was down when the partition left it. */
async function plantLog({ spec }: FencedCluster, brokerId: number, folder: string): Promise<void> {
  const pod = podOf(spec, brokerId);
  const command = ['mkdir', `${kafkaLogPath}/${folder}`];
  await execInPod(real.kube, { namespace, pod, container: 'kafka', command, timeoutMs: 10_000, signal });
}

async function scaleUnderLoad(from: FencedCluster, to: FencedCluster): Promise<void> {
  await using load = await startLoad(from, `scale-to-${to.spec.brokers}`);
  try {
    const events = await drain(scale(to, { toleranceIsSaid: true, actor, signal }));
    expect(events).toContainEqual(expect.objectContaining({ kind: 'finished', step: 'health' }));
    const { worstMs } = await load.expectUnharmed();
    expect(worstMs).toBeLessThan(longestInterruptionMs);
  } finally {
    await deleteDrillTopic(to, signal);
  }
}

/** Every topic on every broker as often as the spec says, led evenly, no throttle left, and healthy. */
async function expectEven(cluster: FencedCluster): Promise<void> {
  const { spec } = cluster;
  await using kafka = await openKafka(cluster, signal);
  expect(await listReassignments(kafka)).toEqual([]);
  for (const { partitions } of await readTopics(kafka)) {
    const led = ordinals(spec.brokers).map((id) => partitions.filter(({ leader }) => leader === id).length);
    expect(Math.max(...led) - Math.min(...led)).toBeLessThanOrEqual(1);
    for (const { replicas, isr } of partitions) {
      expect([...isr].sort()).toEqual([...replicas].sort());
      expect(replicas).toHaveLength(spec.replication.factor);
    }
  }
  const configs = await readBrokerConfigs(kafka, ordinals(spec.brokers));
  for (const config of configs.values()) {
    expect(config['follower.replication.throttled.rate']?.source ?? 'default').toBe('default');
    expect(config['min.insync.replicas']?.value).toBe(String(spec.replication.minInSync));
  }
  const { status, findings } = assess(spec, await readState(cluster, { signal }));
  // Brokers take up what they read at their start with the next deployment, and one may have been killed on purpose.
  const expected = ['pods-outdated', 'pod-restarted'];
  const codes = findings.map(({ code }) => code).filter((code) => !expected.includes(code));
  expect({ status, codes }).toEqual({ status: 'healthy', codes: [] });
}
