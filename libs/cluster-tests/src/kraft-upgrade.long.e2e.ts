import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { quorumOf, readPods, type FencedCluster } from '@kafka-ha/cluster';
import { brokerEdits, featuresOf, versionEdits, type Spec } from '@kafka-ha/config';
import { deleteObject } from '@kafka-ha/kube';
import { recycleVolumes } from '@kafka-ha/local-cluster';
import { claimOf, podNameOf } from '@kafka-ha/manifests';
import { deploy, makePlan, readRunningMetadata, rebuild } from '@kafka-ha/operations';
import { planOutcome } from '@kafka-ha/planning';
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
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };

type Versions = Pick<Spec['versions'], 'kafka' | 'metadata'>;

// To Kafka 4, and within it.
describe.each<Versions>([
  { kafka: '3.9.2', metadata: '3.9' },
  { kafka: '4.2.2', metadata: '4.2' },
])('kraft upgrade from $kafka', (older) => {
  const namespace = freshNamespace('kraft-upgrade');
  let load: Load | undefined;

  const newerBinaries: Versions = { ...older, kafka: '4.4.0' };
  const newer: Versions = { ...newerBinaries, metadata: '4.4' };

  async function clusterOf(versions: Versions): Promise<FencedCluster> {
    const edits = [...brokerEdits({ brokers: 3, tolerance: 1 }), ...versionEdits(versions)];
    return { kube: real.kube, spec: await exampleSpec(namespace, edits, 'cluster.kraft.yaml'), signal };
  }

  async function change(versions: Versions): Promise<void> {
    await drain(deploy(await clusterOf(versions), { actor }));
  }

  /** The level of the metadata, and the versions of all pods. */
  async function running() {
    const { nodes, finalized } = await readRunningMetadata(await clusterOf(older));
    return {
      level: finalized?.['metadata.version'],
      versions: new Set(nodes.map(({ version }) => version)),
    };
  }

  beforeAll(async () => {
    await change(older);
    load = await startLoad(await clusterOf(older), 'upgrade');
  }, 5 * minute);

  afterAll(async () => {
    await load?.[Symbol.asyncDispose]();
    await removeNamespace(real, namespace);
  }, 3 * minute);

  test(
    'binaries go up, back, and up again, and the metadata stays what it was',
    async () => {
      for (const versions of [newerBinaries, older, newerBinaries]) {
        await change(versions);
        expect(await running()).toEqual({
          level: levelOf(older.metadata),
          versions: new Set([versions.kafka]),
        });
      }
    },
    12 * minute,
  );

  test(
    'the features are raised in a step of their own, without a restart, and then there is no way back',
    async () => {
      const before = (await readPods(await clusterOf(newer))).map(({ uid }) => uid);
      await change(newer);
      expect(await running()).toEqual({ level: levelOf('4.4'), versions: new Set(['4.4.0']) });
      expect((await readPods(await clusterOf(newer))).map(({ uid }) => uid)).toEqual(before);
      expect(planOutcome(await makePlan(await clusterOf(newer)))).toBe('nothing');
      await expect(change(older)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('no way back'),
      });
    },
    5 * minute,
  );

  test(
    'a controller that has lost its volume is rebuilt from the others',
    async () => {
      const cluster = await clusterOf(newer);
      const pod = podNameOf(cluster.spec, 'controller', 1);
      const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claimOf(pod) };
      await deleteObject(real.kube, claim);
      await deleteObject(real.kube, { apiVersion: 'v1', kind: 'Pod', namespace, name: pod });
      await recycleVolumes(await localClusterOf(real), { signal });
      await drain(rebuild(cluster, { controller: 1, actor }));
      expect(await quorumOf(cluster).whyNotWhole()).toEqual([]);
    },
    5 * minute,
  );

  test(
    'whoever wrote meanwhile has lost nothing',
    async () => {
      await load?.expectUnharmed();
    },
    5 * minute,
  );
});

function levelOf(release: string): number | undefined {
  return featuresOf(release)?.levels['metadata.version'];
}
