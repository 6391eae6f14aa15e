import { KafkaHaError } from '@kafka-ha/base';
import { readCluster, readTopics } from '@kafka-ha/kafka';
import { listObjects, waitFor, type Pod } from '@kafka-ha/kube';
import { labelSelector, ordinals, podOf, zookeeperPodOf } from '@kafka-ha/manifests';
import { type Cluster, openKafka, readZookeeper } from '@kafka-ha/cluster';
import { drillTopic } from './drill-topic.ts';
import type { Scene } from '@kafka-ha/planning';

type SceneOptions = { loadNode: string; turn: number; signal: AbortSignal };

const settledWithinMs = 20_000;

/**
 * Reads what the choice of victims depends on, when there is a controller and ZooKeeper has a leader: on a busy machine
 * a server does not always answer in time.
 *
 * @throws KafkaHaError `deadline-exceeded`
 */
export async function readScene(cluster: Cluster, options: SceneOptions): Promise<Scene> {
  return await waitFor(
    'a controller and a ZooKeeper leader',
    async (signal) => {
      const scene = await readOnce(cluster, { ...options, signal });
      const isSettled =
        scene.brokers.some(({ controls }) => controls) && scene.zookeeper.some(({ leads }) => leads);
      return isSettled && scene;
    },
    { deadlineMs: settledWithinMs, intervalMs: 500, signal: options.signal },
  );
}

async function readOnce(cluster: Cluster, { loadNode, turn, signal }: SceneOptions): Promise<Scene> {
  const { kube, spec } = cluster;
  await using kafka = await openKafka(cluster, signal);
  const query = {
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: spec.namespace,
    labelSelector: labelSelector(spec),
  };
  const [pods, servers, { controllerId }, [topic]] = await Promise.all([
    listObjects<Pod>(kube, query, { signal }),
    readZookeeper(cluster, signal),
    readCluster(kafka),
    readTopics(kafka, [drillTopic]),
  ]);
  const placeOf = (name: string) => {
    const pod = pods.find(({ metadata }) => metadata.name === name);
    const { nodeName: node } = pod?.spec ?? {};
    if (node === undefined || pod?.status?.podIP === undefined)
      throw new KafkaHaError('unhealthy', `pod ${name} is on no node`);
    return { pod: name, node };
  };
  const leaders = topic?.partitions.map(({ leader }) => leader) ?? [];
  return {
    brokers: ordinals(spec.brokers).map((id) => ({
      id,
      ...placeOf(podOf(spec, id)),
      leads: leaders.filter((leader) => leader === id).length,
      controls: controllerId === id,
    })),
    zookeeper: servers.map(({ ordinal, mode }) => ({
      ...placeOf(zookeeperPodOf(spec, ordinal)),
      ordinal,
      leads: mode === 'leader',
    })),
    loadNode,
    turn,
  };
}
