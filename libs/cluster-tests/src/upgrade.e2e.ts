import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { brokerEdits, versionEdits, type Spec } from '@kafka-ha/config';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import type { FencedCluster } from '@kafka-ha/cluster';
import { deploy, makePlan, readRunningVersions } from '@kafka-ha/operations';
import { startLoad, type Load } from './load-under-test.ts';

const minute = 60_000;
const namespace = freshNamespace('upgrade');
const real = realCluster();
const { signal } = new AbortController();
const older = { kafka: '3.8.1', zookeeper: '3.9.5', interBrokerProtocol: '3.8' };
const newerBinaries = { ...older, kafka: '3.9.2' };
const newer = { ...newerBinaries, interBrokerProtocol: '3.9' };
/** The smallest cluster: what is upgraded is a version at a time, and a broker at a time, whatever their number. */
const size = brokerEdits({ brokers: 3, tolerance: 1 });
let load: Load | undefined;

beforeAll(async () => {
  const cluster = await withVersions({ ...older, zookeeper: '3.8.6' });
  await drain(deploy(cluster, { actor: { holder: 'test' }, signal }));
  load = await startLoad(cluster, 'upgrade');
}, 5 * minute);

afterAll(async () => {
  await load?.[Symbol.asyncDispose]();
  await removeNamespace(real, namespace);
}, 3 * minute);

test('the protocol is not raised before the binaries', async () => {
  await expect(change(newer)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('comes after every broker runs Kafka 3.9'),
  });
  expect(await running()).toEqual({ brokers: Array(3).fill('3.8.1 3.8'), servers: Array(3).fill('3.8.6') });
});

test(
  'ZooKeeper is upgraded first, then the binaries of the brokers, which keep their protocol',
  async () => {
    const plan = await makePlan(await withVersions(newerBinaries), { signal });
    expect(plan.restarts.map(({ component }) => component)).toEqual([
      ...Array<string>(3).fill('zookeeper'),
      ...Array<string>(3).fill('kafka'),
    ]);
    await change(newerBinaries);
    expect(await running()).toEqual({ brokers: Array(3).fill('3.9.2 3.8'), servers: Array(3).fill('3.9.5') });
  },
  5 * minute,
);

test(
  'the protocol is raised in a step of its own, and then there is no way back',
  async () => {
    await change(newer);
    expect(await running()).toMatchObject({ brokers: Array(3).fill('3.9.2 3.9') });
    await expect(change(newerBinaries)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('it cannot be lowered to 3.8'),
    });
    await expect(change(older)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('there is no way back'),
    });
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

async function withVersions(versions: Spec['versions']): Promise<FencedCluster> {
  return { kube: real.kube, spec: await exampleSpec(namespace, [...size, ...versionEdits(versions)]) };
}

async function change(versions: Spec['versions']): Promise<void> {
  await drain(deploy(await withVersions(versions), { actor: { holder: 'test' }, signal }));
}

/** Of each pod: a broker's binaries and protocol, a server's version. */
async function running(): Promise<{ brokers: string[]; servers: string[] }> {
  const { brokers, zookeeper } = await readRunningVersions(await withVersions(newer), signal);
  return {
    brokers: brokers.map(({ version, protocol }) => `${version} ${protocol}`),
    servers: [...zookeeper],
  };
}
