import { beforeAll, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { readTopics } from '@kafka-ha/kafka';
import { claimOf, names, ordinals, podOf } from '@kafka-ha/manifests';
import { planOutcome } from '@kafka-ha/planning';
import { drain } from '@kafka-ha/testing';
import { applyObjects, type FencedCluster, openKafka } from '@kafka-ha/cluster';
import { deploy, makePlan, settleTopics } from '@kafka-ha/operations';
import { changed, duePods, generations } from '../observe-roll.ts';
import { brokers, servers, type Example } from './example.ts';

const minute = 60_000;

/** Changes of the spec, and which objects and pods change with each, after the cluster's name. */
const changes: [what: string, change: (spec: Spec) => Partial<Spec>, objects: string[], pods: string[]][] = [
  [
    'a key that needs a restart',
    ({ kafkaConfig }) => ({ kafkaConfig: { ...kafkaConfig, 'log.retention.hours': '9' } }),
    ['StatefulSet kafka'],
    brokers,
  ],
  [
    'a dynamic key',
    ({ kafkaConfig }) => ({ kafkaConfig: { ...kafkaConfig, 'message.max.bytes': '9' } }),
    ['ConfigMap kafka-dynamic'],
    [],
  ],
  [
    "the brokers' image",
    ({ images }) => ({ images: { ...images, kafka: 'apache/kafka:3.9.1' } }),
    ['StatefulSet kafka'],
    brokers,
  ],
  [
    "ZooKeeper's image",
    ({ images }) => ({ images: { ...images, zookeeper: 'zookeeper:3.9.4' } }),
    ['StatefulSet zookeeper'],
    servers,
  ],
  [
    "the brokers' memory",
    ({ resources }) => ({ resources: { ...resources, memoryBytes: 1_500_000_000 } }),
    ['StatefulSet kafka'],
    brokers,
  ],
  [
    "ZooKeeper's memory",
    ({ zookeeper }) => ({ zookeeper: { ...zookeeper, memoryBytes: 500_000_000 } }),
    ['StatefulSet zookeeper'],
    servers,
  ],
  [
    'how images are pulled',
    ({ images }) => ({ images: { ...images, pullPolicy: 'Always' } }),
    ['StatefulSet kafka', 'StatefulSet zookeeper'],
    [...brokers, ...servers],
  ],
  [
    "the brokers' heap",
    ({ sizing }) => ({ sizing: { ...sizing, heapBytes: sizing.heapBytes * 2 } }),
    ['StatefulSet kafka'],
    brokers,
  ],
];

/** Plans, each compared with what then happens. */
export function planTests(example: Example): void {
  let cluster: FencedCluster;

  beforeAll(() => {
    cluster = example.cluster;
  });

  test(
    'the plan of an unchanged cluster says that there is nothing to do',
    async () => {
      const started = performance.now();
      const plan = await makePlan(cluster);
      console.info(`planned in ${Math.round(performance.now() - started)} ms`);
      expect(plan).toMatchObject({ objects: [], keys: [], topics: [], restarts: [], obstacles: [] });
      expect(planOutcome(plan)).toBe('nothing');
    },
    minute,
  );

  test.each(changes)(
    'the plan of a change of %s names the objects that then change, and the pods that then are due',
    async (_, change, objects, pods) => {
      const { spec } = cluster;
      const changedCluster = { ...cluster, spec: { ...spec, ...change(spec) } };
      const short = (name: string) => name.replace(`${spec.name}-`, '');
      const plan = await makePlan(changedCluster);
      expect(plan.objects.map(({ object }) => short(object)).sort()).toEqual(objects.toSorted());
      expect(plan.restarts.map(({ pod }) => short(pod)).sort()).toEqual(pods.toSorted());
      expect(planOutcome(plan)).toBe('changes');

      const before = await generations(cluster);
      try {
        await drain(applyObjects(changedCluster));
        expect(
          changed(before, await generations(cluster))
            .map(short)
            .sort(),
        ).toEqual(objects.toSorted());
        expect((await duePods(cluster)).map(short).sort()).toEqual(pods.toSorted());
      } finally {
        await drain(applyObjects(cluster));
      }
      expect(await duePods(cluster)).toEqual([]);
    },
    minute,
  );

  test('the plan of larger volumes names each of them, and no pod; smaller ones are refused', async () => {
    const { spec } = cluster;
    const sized = (factor: number) => {
      const sizeBytes = spec.storage.sizeBytes * factor;
      return makePlan({ ...cluster, spec: { ...spec, storage: { ...spec.storage, sizeBytes } } });
    };
    const larger = await sized(2);
    expect(larger.objects.map(({ object }) => object).sort()).toEqual([
      ...ordinals(5).map((id) => `PersistentVolumeClaim ${claimOf(podOf(spec, id))}`),
      `StatefulSet ${names(spec).kafka}`,
    ]);
    expect(larger.restarts).toEqual([]);
    const smaller = await sized(1 / 2);
    expect(planOutcome(smaller)).toBe('refused');
    expect(smaller.obstacles[0]?.why).toContain('cannot shrink');
  });

  test('records that a change deletes stand in its plan, and it is made only where somebody says so', async () => {
    const { spec } = cluster;
    const topics = spec.topics.map((topic) => ({ ...topic, config: { 'retention.ms': '3600000' } }));
    const shorter = { ...cluster, spec: { ...spec, topics } };
    const { deletions } = await makePlan(shorter);
    expect(deletions).toEqual([
      { topic: 'events', why: expect.stringMatching(/^all that is older than 60m; until now .* after 72h$/) },
    ]);
    await expect(drain(deploy(shorter, { actor: { holder: 'test' } }))).rejects.toMatchObject({
      code: 'invalid-usage',
      details: [expect.stringContaining('events: all that is older')],
      hint: expect.stringContaining('--delete-records'),
    });
    expect(planOutcome(await makePlan(cluster))).toBe('nothing');
  });

  test('the plan of a topic names it, and it is what is then created', async () => {
    const { spec } = cluster;
    const topics = [...spec.topics, { name: 'more', partitions: 3, config: {} }];
    const changedCluster = { ...cluster, spec: { ...spec, topics } };
    expect(await makePlan(changedCluster)).toMatchObject({
      objects: [],
      restarts: [],
      topics: [{ kind: 'create', topic: 'more', partitions: 3, replicas: 5 }],
    });
    await drain(settleTopics(changedCluster));
    await using kafka = await openKafka(cluster);
    const [created] = await readTopics(kafka, ['more']);
    expect(created?.partitions.map(({ replicas }) => replicas.length)).toEqual([5, 5, 5]);
  });

  test('the plan of another number of brokers is refused, and says what does it', async () => {
    const { spec } = cluster;
    const plan = await makePlan({ ...cluster, spec: { ...spec, brokers: 6 } });
    expect(plan.obstacles).toContainEqual({
      kind: 'refused',
      why: 'the cluster has 5 brokers, but the cluster file says 6: kafka-ha scale',
    });
  });
}
