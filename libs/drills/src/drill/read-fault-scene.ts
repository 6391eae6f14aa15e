import { KafkaHaError, waitFor } from '@kafka-ha/base';
import { readCluster, readTopics } from '@kafka-ha/kafka';
import { listObjects, type Pod } from '@kafka-ha/kube';
import { ordinals, podOf, podNameOf, quorumComponentsOf, type QuorumComponent } from '@kafka-ha/manifests';
import { type Cluster, openKafka, quorumOf, membersQuery, withSignal } from '@kafka-ha/cluster';
import type { FaultScene } from '@kafka-ha/planning';
import { drillTopic } from './drill-topic.ts';

type SceneOptions = { loadNode: string; turn: number };

// A busy machine takes a while to answer, and before the fault nothing is lost by waiting.
const settledWithinMs = 60_000;

/**
 * Reads what the choice of victims depends on, when there is a controller and the quorum has a leader: on a busy machine
 * a server does not always answer in time.
 *
 * @throws KafkaHaError `deadline-exceeded`
 */
export async function readFaultScene(cluster: Cluster, options: SceneOptions): Promise<FaultScene> {
  let missing = ['an answer'];
  return await waitFor(
    () => missing.join(' and '),
    async (signal) => {
      const read = await readOnce(withSignal(cluster, signal), options);
      missing = read.missing;
      return missing.length === 0 && read.scene;
    },
    { deadlineMs: settledWithinMs, intervalMs: 1000, signal: cluster.signal, clock: cluster.kube.clock },
  );
}

async function readOnce(
  cluster: Cluster,
  { loadNode, turn }: SceneOptions,
): Promise<{ scene: FaultScene; missing: string[] }> {
  const { kube, spec } = cluster;
  const readQuorum = async (component: QuorumComponent) => {
    const servers = await quorumOf(cluster, component).readServers();
    return servers.map(({ ordinal, mode }) => ({ component, ordinal, leads: mode === 'leader' }));
  };
  await using kafka = await openKafka(cluster);
  const query = membersQuery(spec, 'Pod');
  const [pods, quorums, { controllerId, brokers: registered }, [topic]] = await Promise.all([
    listObjects<Pod>(kube, query, { signal: cluster.signal }),
    Promise.all(quorumComponentsOf(spec).map(readQuorum)),
    readCluster(kafka),
    readTopics(kafka, [drillTopic]),
  ]);
  const placeOf = (name: string) => {
    const pod = pods.find(({ metadata }) => metadata.name === name);
    const { nodeName: node } = pod?.spec ?? {};
    if (node === undefined || pod?.status?.podIP === undefined)
      throw new KafkaHaError('unhealthy', `pod ${name} is on no node`);
    return { pod: name, node, zone: pod?.metadata.labels?.['topology.kubernetes.io/zone'] };
  };
  const leaders = topic?.partitions.map(({ leader }) => leader) ?? [];
  const zoneOf = new Map(registered.map(({ id, rack }) => [id, rack]));
  const brokers = ordinals(spec.brokers).map((id) => ({
    id,
    ...placeOf(podOf(spec, id)),
    zone: zoneOf.get(id),
    leads: leaders.filter((leader) => leader === id).length,
    controls: controllerId === id,
  }));
  // A controller that is no broker is the leader of the quorum.
  const isControlled = !kafka.registry.controllerIsBroker || brokers.some(({ controls }) => controls);
  const scene = {
    brokers,
    quorum: quorums
      .flat()
      .map((server) => ({ ...server, ...placeOf(podNameOf(spec, server.component, server.ordinal)) })),
    loadNode,
    tolerance: spec.tolerance,
    turn,
  };
  const isLed = quorums.every((servers) => servers.some(({ leads }) => leads));
  const missing = [...(isControlled ? [] : ['a controller']), ...(isLed ? [] : ['a leader of the quorum'])];
  return { scene, missing };
}
