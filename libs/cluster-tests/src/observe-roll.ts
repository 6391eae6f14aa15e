import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@kafka-ha/base';
import type { PodState } from '@kafka-ha/health';
import { readBrokerConfigs, readCluster, readTopics } from '@kafka-ha/kafka';
import { getObject, refOf, type Pod } from '@kafka-ha/kube';
import { ordinals, renderObjects } from '@kafka-ha/manifests';
import {
  type Cluster,
  containerOf,
  type FencedCluster,
  openKafka,
  readMembers,
  readPods,
  readStatefulSets,
} from '@kafka-ha/cluster';
import type { Victim } from '@kafka-ha/history';
import { readFaultScene } from '@kafka-ha/drills';
import type { Load } from './load-under-test.ts';

const { signal } = new AbortController();

/** The cluster with these keys instead of the example's, and with another memory limit of ZooKeeper's. */
export function withKeys(
  cluster: FencedCluster,
  kafkaConfig: Record<string, string>,
  zookeeperMemoryBytes?: number,
): FencedCluster {
  const { spec } = cluster;
  const zookeeper = { ...spec.zookeeper, memoryBytes: zookeeperMemoryBytes ?? spec.zookeeper.memoryBytes };
  return { ...cluster, spec: { ...spec, zookeeper, kafkaConfig: { ...spec.kafkaConfig, ...kafkaConfig } } };
}

/** Of each pod by its name. */
export async function uidsOf(cluster: Cluster): Promise<Map<string, string>> {
  return new Map((await readPods(cluster)).map(({ name, uid }) => [name, uid]));
}

/** As the kubelets have set it, by pod. */
export async function cpuInForce(cluster: Cluster): Promise<(string | undefined)[]> {
  const { namespace } = cluster.spec;
  return await Promise.all(
    (await readPods(cluster)).map(async ({ name, component }) => {
      const pod = await getObject<Pod>(cluster.kube, { apiVersion: 'v1', kind: 'Pod', namespace, name });
      return containerOf(component, pod?.status)?.resources?.requests?.['cpu'];
    }),
  );
}

/** The names of those that are new or anew. */
export function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([name, uid]) => before.get(name) !== uid).map(([name]) => name);
}

/** Of each object that a deployment makes: what counts changes of what is wanted, not of how it is. */
export async function generations(cluster: Cluster): Promise<Map<string, string>> {
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

/** Pods that a roll would restart. */
export async function duePods(cluster: Cluster): Promise<string[]> {
  const members = await Promise.all(
    (['kafka', 'zookeeper'] as const).map((component) => readMembers(cluster, component)),
  );
  return members.flatMap((each) => [...(each?.due ?? [])]);
}

export async function kafkaRevision(cluster: Cluster): Promise<string | undefined> {
  return (await readStatefulSets(cluster)).kafka?.updateRevision;
}

/** A setting on each of the five brokers. */
export async function inForce(cluster: Cluster, key: string): Promise<(string | null | undefined)[]> {
  await using kafka = await openKafka(cluster);
  const configs = await readBrokerConfigs(kafka, ordinals(5));
  return ordinals(5).map((id) => configs.get(id)?.[key]?.value);
}

/**
 * A broker that is neither the controller nor this one, on another node than the load: where that cannot write nobody falls
 * behind.
 */
export async function anotherBroker(cluster: Cluster, than: number, load: Load): Promise<Victim> {
  const { brokers, loadNode } = await readFaultScene(cluster, { loadNode: load.node, turn: 0 });
  const { id, pod, node } = brokers.find((it) => it.id !== than && !it.controls && it.node !== loadNode)!;
  return { component: 'kafka', pod, node, ordinal: id };
}

/** Until the leaders of what a broker follows have given it up. */
export async function untilOutOfSync(cluster: Cluster, id: number): Promise<void> {
  await using kafka = await openKafka(cluster);
  const out = async () =>
    (await readTopics(kafka)).some(({ partitions }) => partitions.some(({ isr }) => !isr.includes(id)));
  await waitFor(`broker ${id} to be out of sync`, out, { deadlineMs: 60_000, intervalMs: 500, signal });
}

/** Partitions that another than their preferred broker leads. */
export async function ledByOthers(cluster: Cluster): Promise<string[]> {
  await using kafka = await openKafka(cluster);
  return (await readTopics(kafka)).flatMap(({ name, partitions }) =>
    partitions
      .filter(({ leader, replicas }) => leader !== replicas[0])
      .map(({ partition }) => `${name}-${partition}`),
  );
}

/** Looks at pods and controller five times a second: how many were ever away at once, who was made anew, in which order. */
export function watchPods(cluster: Cluster) {
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
    await using kafka = await openKafka(cluster);
    while (!ended.signal.aborted) {
      look(await readPods(cluster));
      controller = (await readCluster(kafka).catch(() => undefined))?.controllerId ?? controller;
      await sleep(200);
    }
  })();
  const end = async () => {
    ended.abort();
    await watching;
  };
  return {
    [Symbol.asyncDispose]: end,
    async mostAway() {
      await end();
      return most;
    },
    made: () => made,
    controllerWhenLeft: (pod: string) => controllerWhenLeft.get(pod),
  };
}
