import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PodState } from '@kafka-ha/health';
import { readBrokerConfigs, readCluster, readTopics } from '@kafka-ha/kafka';
import type { Spec } from '@kafka-ha/config';
import { getObject, refOf, waitFor, type Pod } from '@kafka-ha/kube';
import { claimOf, names, podOf, renderObjects } from '@kafka-ha/manifests';
import { planOutcome } from '@kafka-ha/planning';
import { nodeFaults } from '@kafka-ha/local-cluster';
import {
  drain,
  exampleSpec,
  freshNamespace,
  localClusterOf,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { openKafka, ordinals, type Cluster } from '../connect.ts';
import { applyObjects } from '../deploy/apply-objects.ts';
import { deploy } from '../deploy/deploy.ts';
import { settleTopics } from '../deploy/settle-topics.ts';
import { awaitHealthy } from '../state/await-healthy.ts';
import { readPods } from '../state/read-pods.ts';
import { readStatefulSets } from '../state/read-stateful-sets.ts';
import { makePlan } from '../plan/make-plan.ts';
import { startLoad, type Load } from '../testing/load-under-test.ts';
import { withExpansion } from '../testing/volume-expansion.ts';
import { readScene } from '../drill/read-scene.ts';
import { faults } from '../drill/faults/faults.ts';
import type { Victim } from '../drill/faults/scene.ts';
import { pauseJvm } from '../drill/faults/signal-jvm.ts';
import { writeRestartRequests } from './restart-requests.ts';
import { roll } from './roll.ts';
import { readMembers } from './roll-scenes.ts';
import { rollComponent, type RolledPod } from './roll-component.ts';

const minute = 60_000;
const namespace = freshNamespace('roll');
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };
let cluster: Cluster;
let load: Load | undefined;

beforeAll(async () => {
  cluster = { kube: real.kube, spec: await exampleSpec(namespace) };
  await drain(deploy(cluster, { actor, signal }));
  load = await startLoad(cluster, 'roll');
}, 5 * minute);

afterAll(async () => {
  await load?.[Symbol.asyncDispose]();
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

test.each(changes)(
  'the plan of a change of %s names the objects that then change, and the pods that then are due',
  async (_, change, objects, pods) => {
    const { spec } = cluster;
    const changedCluster = { ...cluster, spec: { ...spec, ...change(spec) } };
    const short = (name: string) => name.replace(`${spec.name}-`, '');
    const plan = await makePlan(changedCluster, { signal });
    expect(plan.objects.map(({ object }) => short(object)).sort()).toEqual(objects.toSorted());
    expect(plan.restarts.map(({ pod }) => short(pod)).sort()).toEqual(pods.toSorted());
    expect(planOutcome(plan)).toBe('changes');

    const before = await generations();
    try {
      await drain(applyObjects(changedCluster, signal));
      expect(
        changed(before, await generations())
          .map(short)
          .sort(),
      ).toEqual(objects.toSorted());
      expect((await duePods()).map(short).sort()).toEqual(pods.toSorted());
    } finally {
      await drain(applyObjects(cluster, signal));
    }
    expect(await duePods()).toEqual([]);
  },
  minute,
);

test(
  'another share of CPU is planned as no restart, and pods get it while they run',
  async () => {
    const { spec } = cluster;
    const before = await uids();
    const resources = { ...spec.resources, cpuMillis: spec.resources.cpuMillis + 10 };
    const zookeeper = { ...spec.zookeeper, cpuMillis: spec.zookeeper.cpuMillis + 10 };
    const changedCluster = { ...cluster, spec: { ...spec, resources, zookeeper } };
    const all = [...brokers, ...servers].map((name) => `${spec.name}-${name}`);
    const plan = await makePlan(changedCluster, { signal });
    expect(plan).toMatchObject({ resizes: all, restarts: [] });

    await drain(applyObjects(changedCluster, signal));
    expect(await makePlan(changedCluster, { signal })).toMatchObject({ resizes: all, restarts: [] });
    const events = await drain(deploy(changedCluster, { actor, signal }));
    expect(events).toContainEqual(
      expect.objectContaining({
        step: 'brokers',
        summary: expect.stringMatching(/; resized ([\w-]+,? ?){5}$/),
      }),
    );
    expect(await uids()).toEqual(before);
    expect(await cpuInForce()).toEqual([
      ...brokers.map(() => `${resources.cpuMillis}m`),
      ...servers.map(() => `${zookeeper.cpuMillis}m`),
    ]);
    expect(planOutcome(await makePlan(changedCluster, { signal }))).toBe('nothing');

    await drain(deploy(cluster, { actor, signal }));
    expect(await uids()).toEqual(before);
    expect(planOutcome(await makePlan(cluster, { signal }))).toBe('nothing');
  },
  2 * minute,
);

test('the plan of larger volumes names each of them, and no pod; smaller ones are refused', async () => {
  const { spec } = cluster;
  const sized = (factor: number) => {
    const sizeBytes = spec.storage.sizeBytes * factor;
    return makePlan({ ...cluster, spec: { ...spec, storage: { ...spec.storage, sizeBytes } } }, { signal });
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

test('the plan of a topic names it, and it is what is then created', async () => {
  const { spec } = cluster;
  const topics = [...spec.topics, { name: 'more', partitions: 3, config: {} }];
  const changedCluster = { ...cluster, spec: { ...spec, topics } };
  expect(await makePlan(changedCluster, { signal })).toMatchObject({
    objects: [],
    restarts: [],
    topics: [{ kind: 'create', topic: 'more', partitions: 3, replicas: 5 }],
  });
  await drain(settleTopics(changedCluster, signal));
  await using kafka = await openKafka(cluster, signal);
  const [created] = await readTopics(kafka, ['more']);
  expect(created?.partitions.map(({ replicas }) => replicas.length)).toEqual([5, 5, 5]);
});

test('the plan of another number of brokers is refused, and says what does it', async () => {
  const { spec } = cluster;
  const plan = await makePlan({ ...cluster, spec: { ...spec, brokers: 6 } }, { signal });
  expect(plan.obstacles).toContainEqual({
    kind: 'refused',
    why: 'the cluster has 5 brokers, and the cluster file says 6: kafka-ha scale',
  });
});

test(
  'a key of a topic is planned, and set without a restart',
  async () => {
    const before = await uids();
    const { spec } = cluster;
    const [topic] = spec.topics;
    const topics = [{ ...topic!, config: { 'retention.ms': '3600000' } }];
    const changedCluster = { ...cluster, spec: { ...spec, topics } };
    expect(await makePlan(changedCluster, { signal })).toMatchObject({
      topics: [{ kind: 'alter', topic: topic!.name, key: 'retention.ms', to: '3600000' }],
      restarts: [],
    });
    await drain(deploy(changedCluster, { actor, signal }));
    expect(planOutcome(await makePlan(changedCluster, { signal }))).toBe('nothing');
    expect(await uids()).toEqual(before);
  },
  2 * minute,
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

/** Changes that no broker bears, and what the error says of each. */
const poisons: [what: string, change: (spec: Spec) => Partial<Spec>, details: RegExp[]][] = [
  [
    'a key that Kafka refuses',
    ({ kafkaConfig }) => ({ kafkaConfig: { ...kafkaConfig, 'log.retention.hours': 'soon' } }),
    [
      /log: .*Invalid value soon for configuration log.retention.hours/,
      /^changed: .*log\.retention\.hours: 72 → soon$/,
    ],
  ],
  [
    'a heap that is larger than the machine',
    ({ sizing }) => ({ sizing: { ...sizing, heapBytes: 2 ** 42 } }),
    [/log: .*(heap|memory)/i, /^changed: .*-Xmx/],
  ],
  [
    'an image that does not exist',
    ({ images }) => ({ images: { ...images, kafka: 'apache/kafka:3.9.99' } }),
    [/3\.9\.99/, /^changed: .*image: .*3\.9\.2 → .*3\.9\.99$/],
  ],
];

test.each(poisons)(
  '%s goes back: four brokers serve throughout, and the error says what was wrong',
  async (_, change, details) => {
    const { spec } = cluster;
    const before = await uids();
    const revision = await kafkaRevision();
    const watch = watchPods();
    const poisoned = { ...cluster, spec: { ...spec, ...change(spec) } };
    const error: unknown = await drain(deploy(poisoned, { actor, signal })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'pod-failed',
      message: expect.stringContaining('is back on its former revision'),
      details: expect.arrayContaining(details.map((detail): unknown => expect.stringMatching(detail))),
    });
    expect(await watch.mostAway()).toBe(1);
    expect(changed(before, await uids())).toHaveLength(1);
    expect(await kafkaRevision()).toBe(revision);
    await drain(awaitHealthy(cluster, { signal }));
  },
  4 * minute,
);

test(
  'a change is rolled one pod at a time; stopped in the middle it goes on, and each pod is restarted once',
  async () => {
    const before = await uids();
    const watch = watchPods();
    const changedCluster = withKeys({ 'log.retention.hours': '48' }, 500_000_000);
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
  'while a broker is away by itself, no other is taken',
  async () => {
    const due = (await readPods(cluster, signal)).filter(
      ({ component, ordinal }) => component === 'kafka' && [1, 2].includes(ordinal),
    );
    await writeRestartRequests(
      cluster,
      'kafka',
      due.map(({ uid }) => uid),
      signal,
    );
    const taken: { pod: string; away: string[] }[] = [];
    const waits: string[] = [];
    for await (const event of roll(cluster, { actor, signal })) {
      if (event.kind !== 'progress') continue;
      if (/ waits: /.test(event.detail)) waits.push(event.detail);
      const [, pod] = /^(\S+) \(.*stops$/.exec(event.detail) ?? [];
      if (pod === undefined) continue;
      const pods = await readPods(cluster, signal);
      taken.push({ pod, away: pods.filter(({ ready }) => !ready).map(({ name }) => name) });
      const other = { component: 'kafka', pod: podOf(cluster.spec, 3), node: '', ordinal: 3 } as const;
      // Longer than the first takes to be back.
      if (taken.length === 1) await pauseJvm(cluster, other, { durationMs: 40_000, signal });
    }
    expect(taken.map(({ pod }) => pod).sort()).toEqual([podOf(cluster.spec, 1), podOf(cluster.spec, 2)]);
    expect(taken[1]?.away).toEqual([]);
    expect(waits.join()).toMatch(/kafka-3|broker 3/);
  },
  3 * minute,
);

test(
  'while a broker is out of sync, no other is taken; for which partitions is said, until the deadline',
  async () => {
    await drain(awaitHealthy(cluster, { signal }));
    const before = await uids();
    const victim = await anotherBroker(1);
    const nodes = await nodeFaults(await localClusterOf(real), { signal });
    const { strike, end } = faults['cut-peers'];
    const hands = { cluster, nodes, durationMs: 0, signal };
    const due = (await readPods(cluster, signal)).filter(({ name }) => name === podOf(cluster.spec, 1));
    await strike([victim], hands);
    try {
      await untilOutOfSync(victim.ordinal);
      await writeRestartRequests(
        cluster,
        'kafka',
        due.map(({ uid }) => uid),
        signal,
      );
      const waiting = rollComponent(cluster, 'kafka', { signal, lost: signal }, { turnWithinMs: 10_000 });
      const told: string[] = [];
      await expect(
        (async () => {
          for await (const line of waiting) told.push(line);
        })(),
      ).rejects.toMatchObject({
        code: 'deadline-exceeded',
        details: expect.arrayContaining([expect.stringMatching(new RegExp(`-\\d+ .*${victim.ordinal}`))]),
      });
      expect(told.join()).toMatch(/kafka-1 waits: /);
    } finally {
      await end?.([victim], hands);
    }
    expect(await uids()).toEqual(before);
    await drain(roll(cluster, { actor, signal }));
    expect(changed(before, await uids())).toEqual([podOf(cluster.spec, 1)]);
  },
  4 * minute,
);

test(
  'all pods are restarted in little more than the time that they take, and whoever writes hardly notices',
  async () => {
    await drain(awaitHealthy(cluster, { signal }));
    const rolled: RolledPod[] = [];
    const ledElsewhere: string[][] = [];
    const since = Date.now();
    const options = {
      restart: 'all',
      onRolled: (pod: RolledPod) => rolled.push(pod),
      actor,
      signal,
    } as const;
    for await (const event of roll(cluster, options))
      if (event.kind === 'progress' && /-kafka-\d .* stops$/.test(event.detail))
        ledElsewhere.push(await ledByOthers());
    const tookMs = Date.now() - since;
    const ownMs = rolled.reduce(
      (sum, { stopMs, startMs, catchUpMs }) => sum + stopMs + startMs + catchUpMs,
      0,
    );
    console.info(`rolled in ${tookMs} ms, of which the pods took ${ownMs}: ${JSON.stringify(rolled)}`);
    expect(rolled).toHaveLength(8);
    expect(ledElsewhere).toEqual(Array(5).fill([]));
    expect(tookMs / ownMs).toBeLessThan(1.5);
    // Over all tests of this file nothing was lost. Of the waiting only this roll's counts: in another a broker was killed.
    const { worstMs, medianMs } = await load!.expectUnharmed(since);
    expect(worstMs).toBeLessThan(4_000);
    expect(medianMs).toBeLessThan(2_000);
  },
  8 * minute,
);

test(
  'larger volumes grow in place, and no pod restarts; where their class allows none, and for smaller ones, nothing changes',
  async () => {
    const { spec } = cluster;
    const before = await uids();
    const sizeBytes = spec.storage.sizeBytes + 2 ** 30;
    const larger = { ...cluster, spec: { ...spec, storage: { ...spec.storage, sizeBytes } } };
    await expect(drain(deploy(larger, { actor, signal }))).rejects.toMatchObject({
      code: 'kubernetes-refused',
      hint: expect.stringContaining('allowVolumeExpansion'),
    });
    expect(planOutcome(await makePlan(cluster, { signal }))).toBe('nothing');

    await withExpansion(real.kube, namespace, async () => {
      const events = await drain(deploy(larger, { actor, signal }));
      expect(events).toContainEqual(
        expect.objectContaining({ step: 'volumes', summary: '5 volumes grown, no pod restarted' }),
      );
    });
    expect(await uids()).toEqual(before);
    expect(planOutcome(await makePlan(larger, { signal }))).toBe('nothing');
    await expect(drain(deploy(cluster, { actor, signal }))).rejects.toMatchObject({
      code: 'invalid-usage',
      message: expect.stringContaining('cannot shrink'),
    });
  },
  3 * minute,
);

/** The cluster with these keys instead of the example's, and with another memory limit of ZooKeeper's. */
function withKeys(kafkaConfig: Record<string, string>, zookeeperMemoryBytes?: number): Cluster {
  const { spec } = cluster;
  const zookeeper = { ...spec.zookeeper, memoryBytes: zookeeperMemoryBytes ?? spec.zookeeper.memoryBytes };
  return { ...cluster, spec: { ...spec, zookeeper, kafkaConfig: { ...spec.kafkaConfig, ...kafkaConfig } } };
}

async function uids(): Promise<Map<string, string>> {
  return new Map((await readPods(cluster, signal)).map(({ name, uid }) => [name, uid]));
}

/** As the kubelets have set it, by pod. */
async function cpuInForce(): Promise<(string | undefined)[]> {
  const pods = await Promise.all(
    (await readPods(cluster, signal)).map(({ name }) =>
      getObject<Pod>(cluster.kube, { apiVersion: 'v1', kind: 'Pod', namespace, name }),
    ),
  );
  return pods.map((pod) => pod?.status?.containerStatuses?.[0]?.resources?.requests?.['cpu']);
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([name, uid]) => before.get(name) !== uid).map(([name]) => name);
}

/** Of each object that a deployment makes: what counts changes of what is wanted, not of how it is. */
async function generations(): Promise<Map<string, string>> {
  const { spec, kube } = cluster;
  const objects = await Promise.all(
    renderObjects(spec).map((object) => getObject(kube, refOf(object), { signal })),
  );
  return new Map(
    objects.flatMap((object) => {
      if (object === undefined) return [];
      const { name, generation, resourceVersion } = object.metadata;
      return [[`${object.kind} ${name}`, String(generation ?? resourceVersion)]];
    }),
  );
}

async function duePods(): Promise<string[]> {
  const members = await Promise.all(
    (['kafka', 'zookeeper'] as const).map((component) => readMembers(cluster, component, signal)),
  );
  return members.flatMap((each) => [...(each?.due ?? [])]);
}

async function kafkaRevision(): Promise<string | undefined> {
  return (await readStatefulSets(cluster, signal)).kafka?.updateRevision;
}

async function inForce(key: string): Promise<(string | null | undefined)[]> {
  await using kafka = await openKafka(cluster, signal);
  const configs = await readBrokerConfigs(kafka, ordinals(5));
  return ordinals(5).map((id) => configs.get(id)?.[key]?.value);
}

/**
 * A broker that is neither the controller nor this one, on another node than the load: where that cannot write nobody falls
 * behind.
 */
async function anotherBroker(than: number): Promise<Victim> {
  const { brokers, loadNode } = await readScene(cluster, { loadNode: load!.node, turn: 0, signal });
  const { id, pod, node } = brokers.find((it) => it.id !== than && !it.controls && it.node !== loadNode)!;
  return { component: 'kafka', pod, node, ordinal: id };
}

/** Until the leaders of what a broker follows have given it up. */
async function untilOutOfSync(id: number): Promise<void> {
  await using kafka = await openKafka(cluster, signal, { metadataOf: 'controller' });
  const out = async () =>
    (await readTopics(kafka)).some(({ partitions }) => partitions.some(({ isr }) => !isr.includes(id)));
  await waitFor(`broker ${id} to be out of sync`, out, { deadlineMs: minute, intervalMs: 500, signal });
}

async function ledByOthers(): Promise<string[]> {
  await using kafka = await openKafka(cluster, signal, { metadataOf: 'controller' });
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
