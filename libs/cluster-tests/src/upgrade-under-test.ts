import { afterAll, beforeAll } from '@jest/globals';
import type { FencedCluster } from '@kafka-ha/cluster';
import { brokerEdits, versionEdits, type Spec } from '@kafka-ha/config';
import { deploy, readRunningVersions } from '@kafka-ha/operations';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { startLoad, type Load } from './load-under-test.ts';

const minute = 60_000;
const { signal } = new AbortController();

type Versions = Omit<Spec['versions'], 'metadata'>;

export const older: Versions = { kafka: '3.8.1', zookeeper: '3.9.5', interBrokerProtocol: '3.8' };
export const newerBinaries = { ...older, kafka: '3.9.2' };
export const newer = { ...newerBinaries, interBrokerProtocol: '3.9' };

/** The smallest cluster: what is upgraded is a version at a time, and a broker at a time, whatever their number. */
const size = brokerEdits({ brokers: 3, tolerance: 1 });

/** A cluster of the older versions, and ZooKeeper 3.8.6, under load, for the tests of a file. */
export function upgradeUnderTest() {
  const namespace = freshNamespace('upgrade');
  const real = realCluster();
  let load: Load | undefined;

  const withVersions = async (versions: Versions): Promise<FencedCluster> => {
    return {
      kube: real.kube,
      spec: await exampleSpec(namespace, [...size, ...versionEdits(versions)]),
      signal,
    };
  };
  const change = async (versions: Versions): Promise<void> => {
    await drain(deploy(await withVersions(versions), { actor: { holder: 'test' } }));
  };

  beforeAll(async () => {
    const first = { ...older, zookeeper: '3.8.6' };
    await change(first);
    load = await startLoad(await withVersions(first), 'upgrade');
  }, 5 * minute);

  afterAll(async () => {
    await load?.[Symbol.asyncDispose]();
    await removeNamespace(real, namespace);
  }, 3 * minute);

  return {
    withVersions,
    change,
    /** Of each pod: a broker's binaries and protocol, a server's version. */
    running: async (): Promise<{ brokers: string[]; servers: string[] }> => {
      const { brokers, servers } = await readRunningVersions(await withVersions(newer));
      return {
        brokers: brokers.map(({ version, protocol }) => `${version} ${protocol}`),
        servers: [...servers],
      };
    },
    expectUnharmed: async () => load?.expectUnharmed(),
  };
}
