import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { deleteDrillTopic } from '@kafka-ha/drills';
import { readTopics } from '@kafka-ha/kafka';
import { deploy, roll } from '@kafka-ha/operations';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { startLoad } from './load-under-test.ts';

const minute = 60_000;
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };

describe.each([
  { file: 'cluster.yaml', partitions: 20 },
  { file: 'cluster.kraft.yaml', partitions: 20 },
  { file: 'cluster.yaml', partitions: 1_000 },
  { file: 'cluster.kraft.yaml', partitions: 1_000 },
] as const)('both modes: $file, $partitions partitions', ({ file, partitions }) => {
  const namespace = freshNamespace('both');
  let cluster: FencedCluster;

  beforeAll(async () => {
    const spec = await exampleSpec(namespace, [], file);
    const topics = spec.topics.map((topic) => ({ ...topic, partitions }));
    cluster = { kube: real.kube, spec: { ...spec, topics }, signal };
    await drain(deploy(cluster, { actor }));
  }, 8 * minute);

  afterAll(() => removeNamespace(real, namespace), 3 * minute);

  test(
    'all pods are restarted under load: nothing is lost',
    async () => {
      await using load = await startLoad(cluster, 'both');
      const began = Date.now();
      const restarted: string[] = [];
      for await (const event of roll(cluster, { restart: 'all', actor }))
        if (event.kind === 'progress' && event.data?.kind === 'restarted') restarted.push(event.data.pod.pod);
      console.info(`eight pods rolled in ${Math.round((Date.now() - began) / 1000)} s`);
      expect(restarted).toHaveLength(8);
      await load.expectUnharmed();
      await deleteDrillTopic(cluster);
      await using kafka = await openKafka(cluster);
      const [topic] = await readTopics(kafka, ['events']);
      expect(topic?.partitions).toHaveLength(partitions);
      expect(topic?.partitions.filter(({ isr }) => isr.length < 5)).toEqual([]);
    },
    10 * minute,
  );
});
