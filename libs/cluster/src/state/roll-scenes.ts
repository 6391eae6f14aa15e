import { isKafkaHaError, waitFor } from '@kafka-ha/base';
import { mayPause, type PodState, type StatefulSetState } from '@kafka-ha/health';
import { readCluster } from '@kafka-ha/kafka';
import type { BrokerScene, MemberScene } from '@kafka-ha/planning';
import { ofComponent, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { quorumOf } from '../quorum/quorum.ts';
import { readTopicStates } from './read-topic-states.ts';
import { readPods } from './read-pods.ts';
import { readStatefulSets } from './read-stateful-sets.ts';
import type { LastingKafka } from '../connect.ts';
import { readStranded } from './read-stranded.ts';
import { readRestartRequests } from './restart-requests.ts';

/** The pods of a component, and which of them a roll is to replace. */
export type Members = {
  statefulSet: StatefulSetState;
  pods: readonly PodState[];
  due: ReadonlySet<string>;
};

/** Reads what else the next step of a roll depends on. */
export async function readMemberScene(
  cluster: Cluster,
  component: Component,
  members: Members,
  kafka: LastingKafka,
): Promise<MemberScene> {
  const { pods, due } = members;
  const stranded = await readStranded(cluster, members);
  if (component !== 'kafka') {
    const quorum = await quorumOf(cluster, component).readServers();
    // The file may say another number, which those that run do not know.
    const servers = members.statefulSet.replicas;
    const scene = { component, pods, due, quorum, servers, stranded };
    return { kind: 'quorum', component, ...members, servers: scene };
  }
  const { spec } = cluster;
  const seen = await readBrokers(kafka);
  const paused = new Set(seen.topics.filter((topic) => mayPause(spec, topic)).map(({ name }) => name));
  const brokers = { pods, due, brokers: spec.brokers, stranded, ...seen, mayPause: paused };
  return { kind: 'brokers', component, ...members, brokers };
}

/** A StatefulSet's controller takes a change up within a second; then its revision is known. */
const observedWithinMs = 60_000;

/** A pod is due that is of another revision than the latest, or that somebody asked to be restarted. */
export async function readMembers(cluster: Cluster, component: Component): Promise<Members | undefined> {
  const statefulSet = await waitFor(
    `the revision of the ${component} StatefulSet`,
    async () => {
      const { [component]: set } = await readStatefulSets(cluster);
      return (set === null || set.observedGeneration >= set.generation) && { set };
    },
    { deadlineMs: observedWithinMs, intervalMs: 200, signal: cluster.signal },
  );
  if (statefulSet.set === null) return undefined;
  return membersOf(cluster, component, statefulSet.set);
}

async function membersOf(
  cluster: Cluster,
  component: Component,
  statefulSet: StatefulSetState,
): Promise<Members> {
  const [allPods, requested] = await Promise.all([
    readPods(cluster),
    readRestartRequests(cluster, component),
  ]);
  const pods = ofComponent(allPods, component).filter(({ ordinal }) => ordinal < statefulSet.replicas);
  const isDue = ({ revision, uid }: PodState) =>
    revision !== statefulSet.updateRevision || requested.includes(uid);
  return { statefulSet, pods, due: new Set(pods.filter(isDue).map(({ name }) => name)) };
}

type Brokers = Pick<BrokerScene, 'registered' | 'controllerId' | 'topics'>;

/** While no broker answers nothing is registered, and so nothing that serves is taken. */
async function readBrokers(kafka: LastingKafka): Promise<Brokers> {
  try {
    const connection = await kafka.connection();
    const { brokers, controllerId } = await readCluster(connection);
    const topics = await readTopicStates(connection);
    return { registered: brokers.map(({ id }) => id), controllerId, topics };
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'kafka-unreachable') throw error;
    return { registered: [], controllerId: null, topics: [] };
  }
}
