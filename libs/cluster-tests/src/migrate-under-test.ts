import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  openKafka,
  readMigration,
  readMigrationNodes,
  readPods,
  readState,
  readZnodes,
  type FencedCluster,
} from '@kafka-ha/cluster';
import { brokerEdits, inMode, type Mode } from '@kafka-ha/config';
import { assess } from '@kafka-ha/health';
import { alterBrokerConfigs, alterTopicConfigs, createTopics } from '@kafka-ha/kafka';
import { recycleVolumes } from '@kafka-ha/local-cluster';
import { deploy, makePlan, migrate, planMigration } from '@kafka-ha/operations';
import { imageOfZnodes, planOutcome, stageOf, type Direction } from '@kafka-ha/planning';
import {
  drain,
  exampleSpec,
  freshNamespace,
  localClusterOf,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { startLoad, type Load } from './load-under-test.ts';

const minute = 60_000;
const { signal } = new AbortController();
const actor = { holder: 'test' };

/** A cluster of three brokers, the fewest: it is migrated one at a time, whatever their number. A load writes to it all the time. */
export function migrationUnderTest(name: string) {
  const namespace = freshNamespace(name);
  const real = realCluster();
  const steps: { title: string; endedAt: number }[] = [];
  let load: Load | undefined;
  let folder = '';
  let runs = 0;

  async function clusterIn(mode: Mode): Promise<FencedCluster> {
    const spec = await exampleSpec(namespace, brokerEdits({ brokers: 3, tolerance: 1 }));
    return { kube: real.kube, spec: inMode(spec, mode), signal };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrate-'));
    const cluster = await clusterIn('zookeeper');
    await drain(deploy(cluster, { actor }));
    await using kafka = await openKafka(cluster);
    await alterTopicConfigs(kafka, new Map([['__consumer_offsets', { 'segment.ms': '123456789' }]]));
    await alterBrokerConfigs(kafka, 1, { 'log.cleaner.io.max.bytes.per.second': '10000000' });
    load = await startLoad(cluster, 'migrate');
  }, 5 * minute);

  afterAll(async () => {
    await load?.[Symbol.asyncDispose]();
    await removeNamespace(real, namespace);
    await rm(folder, { recursive: true, force: true });
  }, 3 * minute);

  return {
    clusterIn,

    go: async (direction: Direction, mode: Mode): Promise<void> => {
      const backup = join(folder, `${(runs += 1)}.json`);
      for await (const event of migrate(await clusterIn(mode), { direction, backup, actor }))
        if (event.kind === 'finished')
          steps.push({ title: `${direction}: ${event.step}`, endedAt: Date.now() });
      // The controllers' volumes are let go of, and nobody makes others there.
      if (direction === 'back') await recycleVolumes(await localClusterOf(real), { signal });
    },

    stage: async () => {
      return stageOf(await readMigration(await clusterIn('zookeeper')));
    },

    /** Findings of the cluster, as its file would say the mode. */
    findingsIn: async (mode: Mode): Promise<string[]> => {
      const cluster = await clusterIn(mode);
      return assess(cluster.spec, await readState(cluster)).findings.map(({ code }) => code);
    },

    planIn: async (mode: Mode) => {
      return planOutcome(await makePlan(await clusterIn(mode)));
    },

    expectUnharmed: async (): Promise<void> => {
      await load?.expectUnharmed({ steps });
    },
  };
}

/** From ZooKeeper to where brokers use controllers, and back with what was changed meanwhile. */
export function thereAndBackTests({
  clusterIn,
  go,
  stage,
  findingsIn,
  planIn,
}: ReturnType<typeof migrationUnderTest>): void {
  test(
    'the brokers come to use controllers, who hold what ZooKeeper holds, and there it stays',
    async () => {
      const plan = await planMigration(await clusterIn('zookeeper'), { direction: 'forward' });
      expect(plan.refusals).toEqual([]);
      await go('forward', 'zookeeper');
      expect(await stage()).toBe('dual-write');
      expect(await findingsIn('dual-write')).toEqual(['migration-in-progress']);
      expect(await planIn('dual-write')).toBe('nothing');
    },
    8 * minute,
  );

  test('another mode is not deployed: the controllers would lose their flag, and ZooKeeper, for good', async () => {
    for (const mode of ['zookeeper', 'kraft'] as const)
      await expect(drain(deploy(await clusterIn(mode), { actor }))).rejects.toMatchObject({
        code: 'conflict',
        hint: expect.stringContaining('kafka-ha migrate'),
      });
  });

  test(
    'it goes back, with what was changed meanwhile, and leaves nothing of the controllers',
    async () => {
      const cluster = await clusterIn('dual-write');
      {
        await using kafka = await openKafka(cluster);
        const assignment = [
          [0, 1, 2],
          [1, 2, 0],
        ];
        const topic = { name: 'meanwhile', config: {}, assignment };
        await createTopics(kafka, [topic], { signal: cluster.signal });
      }
      await go('back', 'dual-write');
      expect(await stage()).toBe('zookeeper');
      const zookeeper = await clusterIn('zookeeper');
      const { topics, brokers } = imageOfZnodes(await readZnodes(zookeeper));
      expect(Object.keys(topics)).toContain('meanwhile');
      expect(topics['__consumer_offsets']?.config).toMatchObject({ 'segment.ms': '123456789' });
      expect(brokers['1']).toEqual({ 'log.cleaner.io.max.bytes.per.second': '10000000' });
      const { controller, migration } = await readMigrationNodes(zookeeper);
      expect({ isBroker: controller?.isBroker, migration }).toEqual({ isBroker: true, migration: null });
      expect((await readPods(cluster)).map(({ component }) => component)).not.toContain('controller');
      expect(await planIn('zookeeper')).toBe('nothing');
    },
    8 * minute,
  );
}
