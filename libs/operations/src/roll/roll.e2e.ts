import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PodState } from '@kafka-ha/health';
import { check, interruptions, parseHistory } from '@kafka-ha/history';
import { bundleWorkload } from '@kafka-ha/workload';
import { readBrokerConfigs, readCluster, readTopics } from '@kafka-ha/kafka';
import type { Spec } from '@kafka-ha/config';
import { podOf } from '@kafka-ha/manifests';
import { planOutcome } from '@kafka-ha/planning';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { openKafka, ordinals, type Cluster } from '../connect.ts';
import { deploy } from '../deploy/deploy.ts';
import { awaitHealthy } from '../state/await-healthy.ts';
import { readPods } from '../state/read-pods.ts';
import { readStatefulSets } from '../state/read-stateful-sets.ts';
import { makePlan } from '../plan/make-plan.ts';
import { createDrillTopic } from '../drill/drill-topic.ts';
import { defaultLoad } from '../drill/workload/workload-objects.ts';
import { Workload } from '../drill/workload/workload.ts';
import { roll } from './roll.ts';
import type { RolledPod } from './roll-component.ts';

const minute = 60_000;
const namespace = freshNamespace('roll');
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };
let cluster: Cluster;
/** Writes to every broker all the time, whatever the tests do. */
let workload: Workload | undefined;

beforeAll(async () => {
  cluster = { kube: real.kube, spec: await exampleSpec(namespace) };
  await drain(deploy(cluster, { actor, signal }));
  await createDrillTopic(cluster, { partitions: defaultLoad.partitions, topic: {}, signal });
  const bundle = await bundleWorkload();
  workload = await Workload.start(cluster, { runId: 'roll', load: defaultLoad, bundle, signal });
}, 5 * minute);

afterAll(async () => {
  await workload?.[Symbol.asyncDispose]();
  await removeNamespace(real, namespace);
}, 3 * minute);

test(
  'the plan of an unchanged cluster says that there is nothing to do',
  async () => {
    const started = performance.now();
    const plan = await makePlan(cluster, { signal });
    console.info(`planned in ${Math.round(performance.now() - started)} ms`);
    expect(plan).toMatchObject({ objects: [], keys: [], topics: [], restarts: [], obstacles: [] });
    expect(planOutcome(plan)).toBe('nothing');
  },
  minute,
);

const brokers = ['kafka-0', 'kafka-1', 'kafka-2', 'kafka-3', 'kafka-4'];
const servers = ['zookeeper-0', 'zookeeper-1', 'zookeeper-2'];

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
    "ZooKeeper's CPU",
    ({ zookeeper }) => ({ zookeeper: { ...zookeeper, cpuMillis: 111 } }),
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
  ['a topic', ({ topics }) => ({ topics: [...topics, { name: 'more', partitions: 3, config: {} }] }), [], []],
];

test.each(changes)(
  'the plan of a change of %s names the objects and the pods',
  async (_, change, objects, pods) => {
    const { spec } = cluster;
    const plan = await makePlan({ ...cluster, spec: { ...spec, ...change(spec) } }, { signal });
    const short = (name: string) => name.replace(`${spec.name}-`, '');
    expect(plan.objects.map(({ object }) => short(object)).sort()).toEqual(objects.toSorted());
    expect(plan.restarts.map(({ pod }) => short(pod)).sort()).toEqual(pods.toSorted());
    expect(planOutcome(plan)).toBe('changes');
  },
  minute,
);

test(
  'a dynamic key is in force on every broker, and is taken back, without a restart',
  async () => {
    const before = await uids();
    const [former] = await inForce('message.max.bytes');
    const changedCluster = withKeys({ 'message.max.bytes': '2000000' });
    expect(await makePlan(changedCluster, { signal })).toMatchObject({
      keys: [{ key: 'message.max.bytes', how: 'dynamic', brokers: 'all', from: former, to: '2000000' }],
      restarts: [],
    });
    await drain(deploy(changedCluster, { actor, signal }));
    expect(await inForce('message.max.bytes')).toEqual(Array(5).fill('2000000'));
    await drain(deploy(cluster, { actor, signal }));
    expect(await inForce('message.max.bytes')).toEqual(Array(5).fill(former));
    expect(await uids()).toEqual(before);
  },
  2 * minute,
);

test(
  'a change that Kafka refuses goes back: four brokers serve throughout, and the error says what was wrong',
  async () => {
    const before = await uids();
    const revision = await kafkaRevision();
    const watch = watchPods();
    const poisoned = withKeys({ 'log.retention.hours': 'soon' });
    const error: unknown = await drain(deploy(poisoned, { actor, signal })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'pod-failed',
      message: expect.stringContaining('is back on its former revision'),
      details: expect.arrayContaining([
        expect.stringMatching(/log: .*Invalid value soon for configuration log.retention.hours/),
        expect.stringMatching(/^changed: .*log\.retention\.hours: 72 → soon$/),
      ]),
    });
    expect(await watch.mostAway()).toBe(1);
    expect(changed(before, await uids())).toHaveLength(1);
    expect(await kafkaRevision()).toBe(revision);
    await drain(awaitHealthy(cluster, { signal }));
  },
  3 * minute,
);

test(
  'a change is rolled one pod at a time; stopped in the middle it goes on, and each pod is restarted once',
  async () => {
    const before = await uids();
    const watch = watchPods();
    const changedCluster = withKeys({ 'log.retention.hours': '48' }, 125);
    const plan = await makePlan(changedCluster, { signal });
    const stop = new AbortController();
    const stopped = deploy(changedCluster, { actor, signal: stop.signal });
    const first: string[] = [];
    await expect(
      (async () => {
        for await (const event of stopped) {
          if (event.kind !== 'progress' || !/-kafka-\d .* stops$/.test(event.detail)) continue;
          first.push(event.detail);
          stop.abort();
        }
      })(),
    ).rejects.toMatchObject({ code: 'aborted', message: expect.stringMatching(/after .*, which is back/) });
    expect(first).toHaveLength(1);
    expect((await readPods(cluster, signal)).every(({ ready }) => ready)).toBe(true);

    await drain(deploy(changedCluster, { actor, signal }));
    expect(await watch.mostAway()).toBe(1);
    expect(changed(before, await uids()).sort()).toEqual(plan.restarts.map(({ pod }) => pod).sort());
    expect(watch.made()).toHaveLength(8);
    expect(
      watch
        .made()
        .slice(0, 3)
        .every((name) => name.includes('zookeeper')),
    ).toBe(true);
    const last = watch.made().at(-1) ?? '';
    expect(last).toBe(podOf(cluster.spec, watch.controllerWhenLeft(last) ?? -1));
    expect(await ledByOthers()).toEqual([]);
    cluster = changedCluster;
  },
  6 * minute,
);

test(
  'one broker is restarted on demand, and no other',
  async () => {
    const before = await uids();
    const rolled: RolledPod[] = [];
    const options = { restart: { broker: 3 }, onRolled: (pod: RolledPod) => rolled.push(pod), actor, signal };
    await drain(roll(cluster, options));
    expect(changed(before, await uids())).toEqual([podOf(cluster.spec, 3)]);
    expect(rolled).toMatchObject([{ pod: podOf(cluster.spec, 3) }]);
    await drain(roll(cluster, { actor, signal }));
    expect(changed(before, await uids())).toEqual([podOf(cluster.spec, 3)]);
  },
  2 * minute,
);

test(
  'whoever wrote meanwhile has lost nothing',
  async () => {
    const history = parseHistory((await workload?.stop(signal)) ?? '');
    if (history === null) throw new Error('the load has told nothing');
    const { counts, anomalies, incomplete } = check(history);
    const { writing } = interruptions(history, { fromMs: 3_000 });
    console.info(`worst ${writing.worst.ms} ms, median ${writing.medianMs} ms, ${JSON.stringify(counts)}`);
    expect(incomplete).toEqual({ writing: [], reading: [] });
    expect(Object.values(anomalies).filter(({ count }) => count > 0)).toEqual([]);
    expect(counts.acknowledged).toBeGreaterThan(20_000);
  },
  5 * minute,
);

/** The cluster with these keys instead of the example's, and with another CPU request of ZooKeeper's. */
function withKeys(kafkaConfig: Record<string, string>, zookeeperCpuMillis?: number): Cluster {
  const { spec } = cluster;
  const zookeeper = { ...spec.zookeeper, cpuMillis: zookeeperCpuMillis ?? spec.zookeeper.cpuMillis };
  return { ...cluster, spec: { ...spec, zookeeper, kafkaConfig: { ...spec.kafkaConfig, ...kafkaConfig } } };
}

async function uids(): Promise<Map<string, string>> {
  return new Map((await readPods(cluster, signal)).map(({ name, uid }) => [name, uid]));
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([name, uid]) => before.get(name) !== uid).map(([name]) => name);
}

async function kafkaRevision(): Promise<string | undefined> {
  return (await readStatefulSets(cluster, signal)).kafka?.updateRevision;
}

async function inForce(key: string): Promise<(string | null | undefined)[]> {
  await using kafka = await openKafka(cluster, signal);
  const configs = await readBrokerConfigs(kafka, ordinals(5));
  return ordinals(5).map((id) => configs.get(id)?.[key]?.value);
}

async function ledByOthers(): Promise<string[]> {
  await using kafka = await openKafka(cluster, signal);
  return (await readTopics(kafka)).flatMap(({ name, partitions }) =>
    partitions
      .filter(({ leader, replicas }) => leader !== replicas[0])
      .map(({ partition }) => `${name}-${partition}`),
  );
}

/** Looks at pods and controller five times a second: how many were ever away at once, who was made anew, in which order. */
function watchPods() {
  const ended = new AbortController();
  const made: string[] = [];
  const controllerWhenLeft = new Map<string, number | null>();
  let known: ReadonlyMap<string, string> | undefined;
  let controller: number | null = null;
  let most = 0;
  const away = ({ ready, deleting }: PodState) => !ready || deleting;

  function look(pods: readonly PodState[]): void {
    most = Math.max(most, pods.filter(away).length + (8 - pods.length));
    for (const { name, uid, deleting } of pods) {
      if (deleting && !controllerWhenLeft.has(name)) controllerWhenLeft.set(name, controller);
      if (known !== undefined && known.get(name) !== uid) made.push(name);
    }
    known = new Map([...(known ?? []), ...pods.map(({ name, uid }) => [name, uid] as const)]);
  }

  const watching = (async () => {
    await using kafka = await openKafka(cluster, signal);
    while (!ended.signal.aborted) {
      look(await readPods(cluster, signal));
      controller = (await readCluster(kafka).catch(() => undefined))?.controllerId ?? controller;
      await sleep(200);
    }
  })();
  return {
    async mostAway() {
      ended.abort();
      await watching;
      return most;
    },
    made: () => made,
    controllerWhenLeft: (pod: string) => controllerWhenLeft.get(pod),
  };
}
