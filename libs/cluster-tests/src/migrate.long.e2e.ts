import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
import { alterBrokerConfigs, alterTopicConfigs, createTopics, readTopics } from '@kafka-ha/kafka';
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
const namespace = freshNamespace('migrate');
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };
let load: Load | undefined;
let folder = '';
let runs = 0;

/** The smallest cluster: what is migrated is a broker at a time, whatever their number. */
async function clusterIn(mode: Mode): Promise<FencedCluster> {
  const spec = await exampleSpec(namespace, brokerEdits({ brokers: 3, tolerance: 1 }));
  return { kube: real.kube, spec: inMode(spec, mode), signal };
}

async function go(direction: Direction, mode: Mode): Promise<void> {
  const backup = join(folder, `${(runs += 1)}.json`);
  await drain(migrate(await clusterIn(mode), { direction, backup, actor }));
  // The controllers' volumes are let go of, and nobody makes others there.
  if (direction === 'back') await recycleVolumes(await localClusterOf(real), { signal });
}

async function stage() {
  return stageOf(await readMigration(await clusterIn('zookeeper')));
}

/** Findings of the cluster, as its file would say the mode. */
async function findingsIn(mode: Mode): Promise<string[]> {
  const cluster = await clusterIn(mode);
  return assess(cluster.spec, await readState(cluster)).findings.map(({ code }) => code);
}

describe('migrate', () => {
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

  test(
    'the brokers come to use controllers, who hold what ZooKeeper holds, and there it stays',
    async () => {
      const plan = await planMigration(await clusterIn('zookeeper'), { direction: 'forward' });
      expect(plan.refusals).toEqual([]);
      await go('forward', 'zookeeper');
      expect(await stage()).toBe('dual-write');
      expect(await findingsIn('dual-write')).toEqual(['migration-in-progress']);
      expect(planOutcome(await makePlan(await clusterIn('dual-write')))).toBe('nothing');
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
      expect(planOutcome(await makePlan(zookeeper))).toBe('nothing');
    },
    8 * minute,
  );

  test(
    'it goes there again, and gives up ZooKeeper without restarting a broker',
    async () => {
      await go('forward', 'zookeeper');
      const brokersOf = async () =>
        (await readPods(await clusterIn('dual-write')))
          .filter(({ component }) => component === 'kafka')
          .map(({ uid }) => uid);
      const before = await brokersOf();
      await go('finalize', 'dual-write');
      expect(await stage()).toBe('kraft');
      expect(await brokersOf()).toEqual(before);
      expect(await findingsIn('kraft')).toEqual([]);
      const kraft = await clusterIn('kraft');
      expect(planOutcome(await makePlan(kraft))).toBe('nothing');
      await using kafka = await openKafka(kraft);
      expect((await readTopics(kafka)).map(({ name }) => name)).toContain('meanwhile');
      await expect(go('back', 'kraft')).rejects.toMatchObject({ code: 'conflict' });
    },
    12 * minute,
  );

  test(
    'then Kafka 4 follows by an ordinary upgrade',
    async () => {
      const { spec, ...cluster } = await clusterIn('kraft');
      const versions = { ...spec.versions, kafka: '4.4.0' };
      const images = { ...spec.images, kafka: 'apache/kafka:4.4.0' };
      await drain(deploy({ ...cluster, spec: { ...spec, versions, images } }, { actor }));
    },
    8 * minute,
  );

  test(
    'whoever wrote meanwhile has lost nothing',
    async () => {
      await load?.expectUnharmed();
    },
    5 * minute,
  );
});
