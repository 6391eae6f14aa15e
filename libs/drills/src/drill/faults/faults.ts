import { KafkaHaError } from '@kafka-ha/base';
import { deleteObject, getObject, type Pod } from '@kafka-ha/kube';
import type { NodeFaults } from '@kafka-ha/local-cluster';
import { ordinals, podOf } from '@kafka-ha/manifests';
import {
  brokerOnAnotherNode,
  brokerThatLeadsMost,
  controller,
  pairOfBrokers,
  quorumLeader,
  quorumMajority,
  type FaultScene,
} from '@kafka-ha/planning';
import { type Victim } from '@kafka-ha/history';
import type { Fault, FaultName, Hands } from './fault.ts';
import { killJvm, pauseJvm, resumeJvm } from './signal-jvm.ts';
import { watchQuorum } from './watch-quorum.ts';
import { podRef } from '@kafka-ha/cluster';

type Strike = Fault['strike'];

const one =
  (choose: (scene: FaultScene) => Victim): Fault['choose'] =>
  (scene) => [choose(scene)];

/** All victims at the same moment. */
const each =
  (act: (victim: Victim, hands: Hands) => Promise<void>): Strike =>
  async (victims, hands) => {
    await Promise.all(victims.map((victim) => act(victim, hands)));
  };

const killed = {
  planned: false,
  breaksNodes: false,
  strike: each((victim, { cluster, moment, signal }) => killJvm(cluster, victim, signal, moment)),
};

const paused = {
  planned: false,
  breaksNodes: false,
  strike: each((victim, { cluster, ...times }) => pauseJvm(cluster, victim, times)),
  end: each((victim, { cluster, signal }) => resumeJvm(cluster, victim, signal)),
};

const onNodes = { planned: false, breaksNodes: true, brokersAway: 1 };

/** Every fault that a drill can make. */
export const faults: Readonly<Record<FaultName, Fault>> = {
  'stop-broker': {
    title: 'the pod of the broker that leads most is deleted, as in an upgrade',
    planned: true,
    brokersAway: 1,
    breaksNodes: false,
    choose: one(brokerThatLeadsMost),
    strike: each(async ({ pod }, { cluster: { kube, spec }, signal }) => {
      const ref = podRef(spec, pod);
      await deleteObject(kube, ref, { signal });
    }),
  },
  'kill-broker': {
    title: 'SIGKILL to the JVM of the broker that leads most',
    ...killed,
    brokersAway: 1,
    choose: one(brokerThatLeadsMost),
  },
  'kill-controller': {
    title: 'SIGKILL to the JVM of the broker that is the controller',
    ...killed,
    brokersAway: 1,
    choose: one(controller),
  },
  'kill-zookeeper-leader': {
    title: 'SIGKILL to the JVM of the ZooKeeper server that leads',
    ...killed,
    brokersAway: 0,
    choose: one(quorumLeader),
  },
  'kill-two-brokers': {
    title: 'SIGKILL to the JVMs of two brokers at once',
    ...killed,
    brokersAway: 2,
    choose: pairOfBrokers,
  },
  'lose-zookeeper-quorum': {
    title: 'a majority of the ZooKeeper servers, including the leader, falls silent and restarts later',
    planned: false,
    brokersAway: 0,
    breaksNodes: false,
    choose: quorumMajority,
    strike: paused.strike,
    meanwhile: watchQuorum,
    // Killed, as by a machine that crashes, and not let go on: a leader that was paused, with a follower that was, still
    // takes itself for the leader and ends every session as overdue before it looks around.
    end: each((victim, { cluster, signal }) => killJvm(cluster, victim, signal)),
  },
  'pause-broker': {
    title: 'SIGSTOP to the JVM of the broker that leads most: its connections stay open but nobody answers',
    ...paused,
    brokersAway: 1,
    choose: one(brokerThatLeadsMost),
  },
  'crash-node': {
    title: 'the node of the broker that leads most stops at once, and starts again',
    ...onNodes,
    choose: one(brokerOnAnotherNode),
    strike: each(({ node }, hands) => nodesOf(hands).crash(node)),
    end: each(({ node }, hands) => nodesOf(hands).revive(node)),
  },
  'cut-node': {
    title: 'the cable of the node of the broker that leads most is pulled',
    ...onNodes,
    choose: one(brokerOnAnotherNode),
    strike: each(({ node }, hands) => nodesOf(hands).cut(node)),
    end: each(({ node }, hands) => nodesOf(hands).heal(node)),
  },
  'cut-peers': {
    title: 'the broker that leads most is cut off from the other brokers, but not from ZooKeeper and clients',
    ...onNodes,
    choose: one(brokerOnAnotherNode),
    strike: each(async (victim, hands) =>
      nodesOf(hands).cutPeers(victim.node, await addressesOfOthers(victim, hands)),
    ),
    end: each(({ node }, hands) => nodesOf(hands).healPeers(node)),
  },
};

/** Undoes what an earlier drill, whose end nobody saw, may have left broken on nodes. */
export async function mendNodes(nodes: NodeFaults, names: readonly string[]): Promise<void> {
  for (const node of names) {
    await nodes.revive(node);
    await nodes.heal(node);
    await nodes.healPeers(node);
  }
}

async function addressesOfOthers(victim: Victim, { cluster, signal }: Hands): Promise<string[]> {
  const { kube, spec } = cluster;
  const others = ordinals(spec.brokers).filter((id) => id !== victim.ordinal);
  const pods = await Promise.all(
    others.map((id) => {
      const ref = podRef(spec, podOf(spec, id));
      return getObject<Pod>(kube, ref, { signal });
    }),
  );
  return pods.flatMap((pod) => pod?.status?.podIP ?? []);
}

function nodesOf({ nodes }: Hands): NodeFaults {
  if (nodes) return nodes;
  throw new KafkaHaError('invalid-usage', 'the nodes of this cluster cannot be broken', {
    hint: 'Drills of whole nodes need a local cluster made of namespaces: kafka-ha local up.',
  });
}
