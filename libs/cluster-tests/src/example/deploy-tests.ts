import { beforeAll, expect, test } from '@jest/globals';
import { brokerKeys, isSameValue, topicKeys } from '@kafka-ha/config';
import { assess, type Finding } from '@kafka-ha/health';
import {
  createTopics,
  deleteTopics,
  proveWritePath,
  readBrokerConfigs,
  readTopicConfigs,
  readTopics,
  type TopicMetadata,
} from '@kafka-ha/kafka';
import { deleteObject, execInPod, getObject, listObjects, request, type KubeObject } from '@kafka-ha/kube';
import {
  labelSelector,
  ordinals,
  pidFile,
  podOf,
  probeTopic,
  prunableKinds,
  renderObjects,
  podNameOf,
} from '@kafka-ha/manifests';
import { drain, realCluster } from '@kafka-ha/testing';
import { awaitHealthy, type Cluster, type FencedCluster, openKafka, readState } from '@kafka-ha/cluster';
import { deploy } from '@kafka-ha/operations';
import { readWanted } from '../first-event.ts';
import type { Example } from './example.ts';

const minute = 60_000;
const real = realCluster();
const { signal } = new AbortController();

/** What a deployment leaves behind, and what health says when it is broken. */
export function deployTests(example: Example): void {
  let cluster: FencedCluster;
  let namespace: string;

  beforeAll(() => {
    ({ cluster } = example);
    ({ namespace } = cluster.spec);
  });

  test('the generated Role, without cluster-admin, is enough: it cannot even list nodes', async () => {
    const nodes = { method: 'GET', path: '/api/v1/nodes', what: 'list nodes' } as const;
    await expect(request(example.deployer, nodes)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('three ZooKeeper servers and five brokers are healthy within a minute', async () => {
    expect(example.firstDeployMs).toBeLessThan(minute);
    expect(assess(cluster.spec, await readState(cluster))).toMatchObject({
      status: 'healthy',
      findings: [],
    });
  });

  test('the API server stores every field that was meant', async () => {
    const lost = await Promise.all(
      renderObjects(cluster.spec).map(async (meant) => {
        const { apiVersion, kind, metadata } = meant;
        const stored = await getObject(real.kube, { apiVersion, kind, namespace, name: metadata.name });
        return missingFrom(stored, meant, `${kind} ${metadata.name}`);
      }),
    );
    expect(lost.flat()).toEqual([]);
  });

  test('every setting of a broker and of a topic is written as this project writes what it reads', async () => {
    await using kafka = await openKafka(cluster);
    const [broker = {}] = (await readBrokerConfigs(kafka, [0])).values();
    const [topic = {}] = (await readTopicConfigs(kafka, [probeTopic])).values();
    const written = Object.entries({ ...broker, ...topic }).flatMap(([key, { value }]) =>
      value === null ? [] : [[key, value] as const],
    );
    expect(written.length).toBeGreaterThan(200);
    const otherwise = (value: string) => ` ${value.replaceAll(',', ' , ').replace(/^(?=\d)/, '0')}`;
    const told = written.map(([key, value]) => ({
      key,
      value,
      isSame: isSameValue(key, value, otherwise(value)),
    }));
    const typeOf = (key: string) => ({ ...brokerKeys, ...topicKeys })[key]?.type ?? 'string';
    expect(told.filter(({ key, isSame }) => !isSame && !['string', 'class'].includes(typeOf(key)))).toEqual(
      [],
    );
  });

  test('the brokers are on five nodes, in every zone, and know their rack', async () => {
    const state = await readState(cluster);
    const brokers =
      state.pods.kind === 'read' ? state.pods.value.filter(({ component }) => component === 'kafka') : [];
    expect(new Set(brokers.map(({ node }) => node)).size).toBe(5);
    const zones = brokers.map(({ zone }) => zone);
    expect(new Set(zones).size).toBe(3);
    await using kafka = await openKafka(cluster);
    const configs = await readBrokerConfigs(kafka, ordinals(5));
    expect(ordinals(5).map((id) => configs.get(id)?.['broker.rack']?.value)).toEqual(zones);
  });

  test('leadership is even, and stays even whichever one or two brokers are lost', async () => {
    await using kafka = await openKafka(cluster);
    const events = (await readTopics(kafka)).find(({ name }) => name === 'events') as TopicMetadata;
    expect(events.partitions).toHaveLength(20);
    for (const lost of [[], ...ordinals(5).map((id) => [id]), ...pairs(5)])
      expect(leaderSpread(events, lost)).toBeLessThanOrEqual(1);
  });

  test('kafkajs reads what this project has written, every record once', async () => {
    await using kafka = await openKafka(cluster);
    const topics = [{ name: 'events', partitions: 20 }];
    const probe = { topics, runId: 'for-kafkajs', recordsPerPartition: 3, signal };
    await drain(proveWritePath(kafka, probe));
    const isWanted = (value: string) => value.startsWith('for-kafkajs ');
    const values = await readWanted(cluster, { topic: 'events', count: 60, isWanted });
    const meant = ordinals(20).flatMap((id) => ordinals(3).map((n) => `for-kafkajs events-${id} ${n}`));
    expect(values).toEqual(meant.sort());
  });

  test('a second deploy says that there is nothing to change, changes nothing, and is quick', async () => {
    const before = await resourceVersions(cluster);
    const started = performance.now();
    const events = await drain(deploy(cluster, { actor: { holder: 'again' } }));
    // Half of what the first took, on a machine that is slow or busy; seconds on any other.
    expect(performance.now() - started).toBeLessThan(Math.max(10_000, example.firstDeployMs / 2));
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'finished',
        step: 'apply',
        summary: expect.stringContaining('nothing to change'),
      }),
    );
    expect(await resourceVersions(cluster)).toEqual(before);
  });

  test(
    'a second deploy at the same time is refused and names the first',
    async () => {
      const first = deploy(cluster, { actor: { holder: 'ana@laptop' } });
      for await (const event of first) {
        if (event.kind !== 'started' || event.step !== 'apply') continue;
        await expect(drain(deploy(cluster, { actor: { holder: 'ben@laptop' } }))).rejects.toMatchObject({
          code: 'lock-held',
          message: expect.stringContaining('ana@laptop'),
        });
      }
    },
    minute,
  );

  test(
    'health names a killed broker within ten seconds',
    async () => {
      const pod = podOf(cluster.spec, 2);
      await deleteAtOnce({ namespace, pod });
      const finding = await findingWithin(
        cluster,
        10_000,
        ({ subject }) => subject.includes(pod) || subject.includes('broker 2'),
      );
      expect(finding).toMatchObject({
        severity: 'error',
        reason: expect.any(String),
        action: expect.any(String),
      });
      await drain(awaitHealthy(cluster));
    },
    3 * minute,
  );

  test(
    'a broker whose JVM is killed comes back without a crash loop',
    async () => {
      const pod = podOf(cluster.spec, 1);
      const command = ['sh', '-c', `kill -9 $(cat ${pidFile})`];
      await execInPod(real.kube, { namespace, pod, container: 'kafka', command, timeoutMs: 10_000, signal });
      await findingWithin(
        cluster,
        10_000,
        ({ subject }) => subject.includes(pod) || subject.includes('broker 1'),
      );
      await drain(awaitHealthy(cluster));
      const state = await readState(cluster);
      const restarts =
        state.pods.kind === 'read' ? state.pods.value.find(({ name }) => name === pod)?.restarts : undefined;
      expect(restarts).toBe(1);
    },
    3 * minute,
  );

  test(
    'health names a deleted ZooKeeper server within ten seconds',
    async () => {
      const pod = podNameOf(cluster.spec, 'zookeeper', 1);
      await deleteAtOnce({ namespace, pod });
      const finding = await findingWithin(
        cluster,
        10_000,
        ({ subject }) => subject.includes(pod) || subject.includes('ZooKeeper server 1'),
      );
      expect(finding).toMatchObject({ severity: 'error' });
      await drain(awaitHealthy(cluster));
    },
    3 * minute,
  );

  test(
    'health names a topic with one replica within ten seconds',
    async () => {
      await using kafka = await openKafka(cluster);
      await createTopics(kafka, [{ name: 'careless', config: {}, assignment: [[3]] }], { signal });
      expect(
        await findingWithin(cluster, 10_000, ({ subject }) => subject.includes('careless')),
      ).toMatchObject({
        severity: 'error',
      });
      await deleteTopics(kafka, ['careless']);
      await drain(awaitHealthy(cluster));
    },
    minute,
  );
}

async function deleteAtOnce({ namespace, pod }: { namespace: string; pod: string }): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name: pod };
  await deleteObject(real.kube, ref, { gracePeriodSeconds: 0 });
}

async function findingWithin(
  cluster: FencedCluster,
  deadlineMs: number,
  wanted: (finding: Finding) => boolean,
): Promise<Finding | undefined> {
  const started = performance.now();
  while (performance.now() - started < deadlineMs) {
    const found = assess(cluster.spec, await readState(cluster)).findings.find(wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function resourceVersions({ kube, spec }: Cluster): Promise<Record<string, string | undefined>> {
  const lists = await Promise.all(
    prunableKinds.map((kind) =>
      listObjects(kube, { ...kind, namespace: spec.namespace, labelSelector: labelSelector(spec) }),
    ),
  );
  return Object.fromEntries(
    lists.flat().map(({ kind, metadata }) => [`${kind} ${metadata.name}`, metadata.resourceVersion]),
  );
}

/** Where `stored` lacks or differs from what was meant. What the API server adds does not count. */
function missingFrom(stored: unknown, meant: unknown, path: string): string[] {
  if (Array.isArray(meant))
    return meant.flatMap((item, i) =>
      missingFrom((stored as unknown[] | undefined)?.[i], item, `${path}[${i}]`),
    );
  if (typeof meant === 'object' && meant !== null)
    return Object.entries(meant).flatMap(([key, value]) =>
      missingFrom((stored as KubeObject | undefined)?.[key], value, `${path}.${key}`),
    );
  return stored === meant
    ? []
    : [`${path}: meant ${JSON.stringify(meant)}, stored ${JSON.stringify(stored)}`];
}

function leaderSpread({ partitions }: TopicMetadata, lost: readonly number[]): number {
  const alive = ordinals(5).filter((id) => !lost.includes(id));
  const leaders = partitions.map(({ replicas }) => replicas.find((id) => alive.includes(id)));
  const counts = alive.map((id) => leaders.filter((leader) => leader === id).length);
  return Math.max(...counts) - Math.min(...counts);
}

function pairs(count: number): number[][] {
  return ordinals(count).flatMap((a) => ordinals(a).map((b) => [b, a]));
}
