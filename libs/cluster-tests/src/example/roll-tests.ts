import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deleteDrillTopic } from '@kafka-ha/drills';
import { createTopics, deleteTopics } from '@kafka-ha/kafka';
import { podOf } from '@kafka-ha/manifests';
import { planOutcome } from '@kafka-ha/planning';
import { applyObjects, type FencedCluster, openKafka, readPods, withSignal } from '@kafka-ha/cluster';
import { deploy, makePlan, roll } from '@kafka-ha/operations';
import { drain, exampleSpec, realCluster } from '@kafka-ha/testing';
import { startLoad, type Load } from '../load-under-test.ts';
import { changed, cpuInForce, inForce, ledByOthers, uidsOf, watchPods, withKeys } from '../observe-roll.ts';
import { expectBackOnFormerRevision, poisons } from '../poisons.ts';
import { withExpansion } from '../volume-expansion.ts';
import { brokers, servers, type Example } from './example.ts';

const minute = 60_000;
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };

/** Changes of a running cluster. They come last: in the end its volumes have grown. */
export function rollTests(example: Example): void {
  let cluster: FencedCluster;

  beforeAll(() => {
    cluster = example.cluster;
  });

  test(
    'another share of CPU is planned as no restart, and pods get it while they run',
    async () => {
      const { spec } = cluster;
      const before = await uidsOf(cluster);
      const resources = { ...spec.resources, cpuMillis: spec.resources.cpuMillis + 10 };
      const zookeeper = { ...spec.zookeeper, cpuMillis: spec.zookeeper.cpuMillis + 10 };
      const changedCluster = { ...cluster, spec: { ...spec, resources, zookeeper } };
      const all = [...brokers, ...servers].map((name) => `${spec.name}-${name}`);
      const plan = await makePlan(changedCluster);
      expect(plan).toMatchObject({ resizes: all, restarts: [] });

      await drain(applyObjects(changedCluster));
      expect(await makePlan(changedCluster)).toMatchObject({ resizes: all, restarts: [] });
      const events = await drain(deploy(changedCluster, { actor }));
      expect(events).toContainEqual(
        expect.objectContaining({
          step: 'brokers',
          summary: expect.stringMatching(/; resized ([\w-]+,? ?){5}$/),
        }),
      );
      expect(await uidsOf(cluster)).toEqual(before);
      expect(await cpuInForce(cluster)).toEqual([
        ...brokers.map(() => `${resources.cpuMillis}m`),
        ...servers.map(() => `${zookeeper.cpuMillis}m`),
      ]);
      expect(planOutcome(await makePlan(changedCluster))).toBe('nothing');

      await drain(deploy(cluster, { actor }));
      expect(await uidsOf(cluster)).toEqual(before);
      expect(planOutcome(await makePlan(cluster))).toBe('nothing');
    },
    4 * minute,
  );

  test(
    'a key of a topic is planned, and set without a restart',
    async () => {
      const before = await uidsOf(cluster);
      const { spec } = cluster;
      const [topic] = spec.topics;
      const topics = [{ ...topic!, config: { 'retention.ms': '360000000' } }];
      const changedCluster = { ...cluster, spec: { ...spec, topics } };
      expect(await makePlan(changedCluster)).toMatchObject({
        topics: [{ kind: 'alter', topic: topic!.name, key: 'retention.ms', to: '360000000' }],
        restarts: [],
      });
      await drain(deploy(changedCluster, { actor }));
      expect(planOutcome(await makePlan(changedCluster))).toBe('nothing');
      expect(await uidsOf(cluster)).toEqual(before);
    },
    2 * minute,
  );

  test(
    'a dynamic key is in force on every broker, and is taken back, without a restart',
    async () => {
      const before = await uidsOf(cluster);
      const [former] = await inForce(cluster, 'message.max.bytes');
      const changedCluster = withKeys(cluster, { 'message.max.bytes': '2000000' });
      expect(await makePlan(changedCluster)).toMatchObject({
        keys: [{ key: 'message.max.bytes', how: 'dynamic', brokers: 'all', from: former, to: '2000000' }],
        restarts: [],
      });
      await drain(deploy(changedCluster, { actor }));
      expect(await inForce(cluster, 'message.max.bytes')).toEqual(Array(5).fill('2000000'));
      await drain(deploy(cluster, { actor }));
      expect(await inForce(cluster, 'message.max.bytes')).toEqual(Array(5).fill(former));
      expect(await uidsOf(cluster)).toEqual(before);
    },
    2 * minute,
  );

  test(
    'a topic of one replica is named by plan and roll before the first pod stops, and no request is left behind',
    async () => {
      const before = await uidsOf(cluster);
      await using kafka = await openKafka(cluster);
      const config = { 'min.insync.replicas': '1' };
      await createTopics(kafka, [{ name: 'frail', assignment: [[3]], config }], { signal });
      const why: unknown = expect.stringContaining('frail-0 has replication factor 1');
      try {
        const plan = await makePlan(withKeys(cluster, { 'log.retention.hours': '47' }));
        expect(plan.obstacles).toContainEqual({ kind: 'refused', why });
        await expect(drain(roll(cluster, { restart: 'all', actor }))).rejects.toMatchObject({
          code: 'unhealthy',
          details: [why],
        });
      } finally {
        await deleteTopics(kafka, ['frail']);
      }
      expect((await makePlan(cluster)).restarts).toEqual([]);
      expect(await uidsOf(cluster)).toEqual(before);
    },
    minute,
  );

  describe('under load', () => {
    let load: Load | undefined;

    beforeAll(async () => {
      load = await startLoad(cluster, 'roll');
    }, minute);

    afterAll(async () => {
      await load?.[Symbol.asyncDispose]();
      await deleteDrillTopic(cluster);
    }, minute);

    test(
      'a setting that Kafka refuses goes back: four brokers serve throughout, and the error says what was wrong',
      () => expectBackOnFormerRevision(cluster, poisons.setting),
      4 * minute,
    );

    test(
      'one broker is restarted on demand, and no other',
      async () => {
        const before = await uidsOf(cluster);
        const events = await drain(roll(cluster, { restart: { broker: 3 }, actor }));
        expect(changed(before, await uidsOf(cluster))).toEqual([podOf(cluster.spec, 3)]);
        const told = events.flatMap((event) => (event.kind === 'progress' && event.data ? [event.data] : []));
        expect(told.filter(({ kind }) => kind === 'restarted')).toMatchObject([
          { pod: { pod: podOf(cluster.spec, 3) } },
        ]);
        await drain(roll(cluster, { actor }));
        expect(changed(before, await uidsOf(cluster))).toEqual([podOf(cluster.spec, 3)]);
      },
      2 * minute,
    );

    test(
      'a change is rolled one pod at a time; stopped in the middle it goes on, and each pod is restarted once',
      async () => {
        const before = await uidsOf(cluster);
        await using watch = watchPods(cluster);
        const changedCluster = withKeys(cluster, { 'log.retention.hours': '96' }, 500_000_000);
        const plan = await makePlan(changedCluster);
        const stop = new AbortController();
        const stopped = deploy(withSignal(changedCluster, stop.signal), { actor });
        const first: string[] = [];
        await expect(
          (async () => {
            for await (const event of stopped) {
              if (event.kind !== 'progress' || event.data?.kind !== 'stops') continue;
              if (event.data.component !== 'kafka') continue;
              first.push(event.data.pod);
              stop.abort();
            }
          })(),
        ).rejects.toMatchObject({
          code: 'aborted',
          message: expect.stringMatching(/after .*, which is back/),
        });
        expect(first).toHaveLength(1);
        expect((await readPods(cluster)).every(({ ready }) => ready)).toBe(true);

        await drain(deploy(changedCluster, { actor }));
        expect(await watch.mostAway()).toBe(1);
        expect(changed(before, await uidsOf(cluster)).sort()).toEqual(
          plan.restarts.map(({ pod }) => pod).sort(),
        );
        expect(watch.made()).toHaveLength(8);
        expect(
          watch
            .made()
            .slice(0, 3)
            .every((name) => name.includes('zookeeper')),
        ).toBe(true);
        const last = watch.made().at(-1) ?? '';
        expect(last).toBe(podOf(cluster.spec, watch.controllerWhenLeft(last) ?? -1));
        expect(await ledByOthers(cluster)).toEqual([]);
        cluster = changedCluster;
      },
      6 * minute,
    );

    test(
      'whoever wrote meanwhile has lost nothing',
      async () => {
        await load?.expectUnharmed();
      },
      2 * minute,
    );
  });

  test(
    'larger volumes grow in place, and no pod restarts; where their class allows none, and for smaller ones, nothing changes',
    async () => {
      const before = await uidsOf(cluster);
      // From a file, so that all that follows from the size is another, too: retention rests on the volumes.
      const edit = { path: ['environments', 'local', 'storage', 'size'], value: '9Gi' } as const;
      const { kafkaConfig, zookeeper } = cluster.spec;
      const spec = { ...(await exampleSpec(cluster.spec.namespace, [edit])), kafkaConfig, zookeeper };
      const larger = { ...cluster, spec };
      const retention = await inForce(cluster, 'log.retention.bytes');
      expect(planOutcome(await makePlan(larger))).toBe('refused');
      await expect(drain(deploy(larger, { actor }))).rejects.toMatchObject({
        code: 'kubernetes-refused',
        hint: expect.stringContaining('allowVolumeExpansion'),
      });
      expect(await inForce(cluster, 'log.retention.bytes')).toEqual(retention);
      expect(planOutcome(await makePlan(cluster))).toBe('nothing');

      await withExpansion(real.kube, cluster.spec.namespace, async () => {
        const events = await drain(deploy(larger, { actor }));
        expect(events).toContainEqual(
          expect.objectContaining({ step: 'volumes', summary: '5 volumes grown, no pod restarted' }),
        );
      });
      expect(Number((await inForce(cluster, 'log.retention.bytes'))[0])).toBeGreaterThan(
        Number(retention[0]),
      );
      expect(await uidsOf(cluster)).toEqual(before);
      expect(planOutcome(await makePlan(larger))).toBe('nothing');
      await expect(drain(deploy(cluster, { actor }))).rejects.toMatchObject({
        code: 'invalid-usage',
        message: expect.stringContaining('cannot shrink'),
      });
    },
    3 * minute,
  );
}
