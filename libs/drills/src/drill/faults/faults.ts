import { KafkaHaError } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { deleteObject, getObject, type Pod } from '@kafka-ha/kube';
import type { NodeFaults } from '@kafka-ha/local-cluster';
import {
  components,
  ordinals,
  podNameOf,
  quorumComponentOf,
  type Component,
  type QuorumComponent,
} from '@kafka-ha/manifests';
import {
  brokerOnAnotherNode,
  brokerThatLeadsMost,
  controller,
  pairOfBrokers,
  quorumLeader,
  podsOfZone,
  quorumMajority,
  type FaultScene,
} from '@kafka-ha/planning';
import { type Victim } from '@kafka-ha/history';
import { faultNames, type Fault, type FaultName, type Hands } from './fault.ts';
import { killJvm, lateSeconds, pauseJvm, resumeJvm } from './signal-jvm.ts';
import { watchQuorum } from './watch-quorum.ts';
import { podRef } from '@kafka-ha/cluster';

type Strike = Fault['strike'];
type Faults = Readonly<Partial<Record<FaultName, Fault>>>;

const one =
  (choose: (scene: FaultScene) => Victim): Fault['choose'] =>
  (scene) => [choose(scene)];

/** All victims at the same moment. */
const each =
  (act: (victim: Victim, hands: Hands) => Promise<void>): Strike =>
  async (victims, hands) => {
    await Promise.all(victims.map((victim) => act(victim, hands)));
  };

const stopped = {
  planned: true,
  breaksNodes: false,
  strike: each(async ({ pod }, { cluster: { kube, spec, signal } }) => {
    const ref = podRef(spec, pod);
    await deleteObject(kube, ref, { signal });
  }),
};

const killed = {
  planned: false,
  breaksNodes: false,
  strike: each((victim, { cluster, moment }) => killJvm(cluster, victim, moment)),
};

const paused = {
  planned: false,
  breaksNodes: false,
  strike: each((victim, { cluster, ...times }) => pauseJvm(cluster, victim, times)),
  end: each((victim, { cluster }) => resumeJvm(cluster, victim)),
};

const quorumLost = {
  planned: false,
  brokersAway: 0,
  breaksNodes: false,
  choose: quorumMajority,
  strike: paused.strike,
  meanwhile: watchQuorum,
  // Killed, as by a machine that crashes, and not let go on: a leader that was paused, with a follower that was, still
  // takes itself for the leader and ends every session as overdue before it looks around.
  end: each((victim, { cluster }) => killJvm(cluster, victim)),
};

const onNodes = { planned: false, breaksNodes: true, brokersAway: 1 };

const nodesUnder = (victims: readonly Victim[]) => [...new Set(victims.map(({ node }) => node))];

/** Their clock is this machine's. */
const crashNodes: Strike = async (victims, hands) => {
  const { moment, cluster } = hands;
  if (moment !== undefined)
    await cluster.kube.clock.sleep(Math.max(0, moment.atSecond * 1000 - Date.now()), cluster.signal);
  await Promise.all(nodesUnder(victims).map((node) => nodesOf(hands).crash(node)));
  if (moment !== undefined && Date.now() > (moment.atSecond + lateSeconds + 1) * 1000)
    moment.doubt('the nodes did not stop at once');
};

const crashed = {
  ...onNodes,
  strike: crashNodes,
  end: async (victims: readonly Victim[], hands: Hands) => {
    for (const node of nodesUnder(victims)) await nodesOf(hands).revive(node);
  },
};

/** A broker from all other pods of a component; alone, or with whatever else is on its node. */
const cutOffFrom = (component: Component, { alone }: { alone: boolean }) => ({
  ...onNodes,
  choose: one(brokerOnAnotherNode),
  strike: each(async (victim, hands) => {
    const { spec } = hands.cluster;
    const all = ordinals(components[component].wanted(spec).pods).map((ordinal) =>
      podNameOf(spec, component, ordinal),
    );
    const others = all.filter((pod) => pod !== victim.pod);
    await nodesOf(hands).cutPeers(
      victim.node,
      await addressesOf(others, hands),
      ...(alone ? [await addressesOf([victim.pod], hands)] : []),
    );
  }),
  end: each(({ node }, hands) => nodesOf(hands).healPeers(node)),
});

const ofAnyCluster = {
  'stop-broker': {
    title: 'the pod of the broker that leads most is deleted, as in an upgrade',
    ...stopped,
    brokersAway: 1,
    choose: one(brokerThatLeadsMost),
  },
  'kill-broker': {
    title: 'SIGKILL to the JVM of the broker that leads most',
    ...killed,
    brokersAway: 1,
    choose: one(brokerThatLeadsMost),
  },
  'kill-two-brokers': {
    title: 'SIGKILL to the JVMs of two brokers at once',
    ...killed,
    brokersAway: 2,
    choose: pairOfBrokers,
  },
  'pause-broker': {
    title: 'SIGSTOP to the JVM of the broker that leads most: its connections stay open but nobody answers',
    ...paused,
    brokersAway: 1,
    choose: one(brokerThatLeadsMost),
  },
  'crash-node': {
    title: 'the node of the broker that leads most stops at once, and starts again',
    ...crashed,
    choose: one(brokerOnAnotherNode),
  },
  'crash-zone': {
    title: 'all nodes of a zone stop at once, with what else runs there, and start again',
    ...crashed,
    brokersAway: 2,
    choose: podsOfZone,
  },
  'cut-node': {
    title: 'the cable of the node of the broker that leads most is pulled',
    ...onNodes,
    choose: one(brokerOnAnotherNode),
    strike: each(({ node }, hands) => nodesOf(hands).cut(node)),
    end: each(({ node }, hands) => nodesOf(hands).heal(node)),
  },
} satisfies Faults;

const faults: Readonly<Record<QuorumComponent, Faults>> = {
  zookeeper: {
    ...ofAnyCluster,
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
    'lose-zookeeper-quorum': {
      title: 'a majority of the ZooKeeper servers, including the leader, falls silent and restarts later',
      ...quorumLost,
    },
    'cut-peers': {
      title:
        'the broker that leads most is cut off from the other brokers, but not from ZooKeeper and clients',
      ...cutOffFrom('kafka', { alone: false }),
    },
  },
  controller: {
    ...ofAnyCluster,
    'stop-controller': {
      title: 'the pod of the active controller is deleted, as in an upgrade',
      ...stopped,
      brokersAway: 0,
      choose: one(quorumLeader),
    },
    'kill-controller': {
      title: 'SIGKILL to the JVM of the active controller',
      ...killed,
      brokersAway: 0,
      choose: one(quorumLeader),
    },
    'kill-broker-and-controller': {
      title: 'SIGKILL to the JVMs of the broker that leads most and of the active controller at once',
      ...killed,
      brokersAway: 1,
      choose: (scene) => [brokerThatLeadsMost(scene), quorumLeader(scene)],
    },
    'lose-controller-quorum': {
      title: 'a majority of the controllers, including the active one, falls silent and restarts later',
      ...quorumLost,
    },
    // A controller on the broker's node stays in touch with everybody: were it the active one, all other brokers would be
    // the ones that are cut off.
    'cut-peers': {
      title:
        'the broker that leads most is cut off from the other brokers, but not from the controllers and clients',
      ...cutOffFrom('kafka', { alone: true }),
    },
    'cut-controllers': {
      title:
        'the broker that leads most is cut off from the controllers, but not from the other brokers and clients',
      ...cutOffFrom('controller', { alone: true }),
      endsSession: true,
    },
  },
};

/** The names of all faults that there are for a cluster of this kind. */
export function faultNamesOf(spec: Pick<Spec, 'mode'>): FaultName[] {
  const known = faults[quorumComponentOf(spec)];
  return faultNames.filter((name) => known[name] !== undefined);
}

/** @throws KafkaHaError `invalid-usage` where there is no such fault for a cluster of this kind. */
export function faultOf(spec: Pick<Spec, 'mode'>, name: FaultName): Fault {
  const component = quorumComponentOf(spec);
  const fault = faults[component][name];
  if (fault !== undefined) return fault;
  throw new KafkaHaError('invalid-usage', `${name} is no fault of a cluster with mode: ${spec.mode}`, {
    hint: `Its faults are ${faultNamesOf(spec).join(', ')}.`,
  });
}

/** Undoes what an earlier drill, whose end nobody saw, may have left broken on nodes. */
export async function mendNodes(nodes: NodeFaults, names: readonly string[]): Promise<void> {
  for (const node of names) {
    await nodes.revive(node);
    await nodes.heal(node);
    await nodes.healPeers(node);
  }
}

async function addressesOf(pods: readonly string[], { cluster }: Hands): Promise<string[]> {
  const { kube, spec, signal } = cluster;
  const found = await Promise.all(
    pods.map((name) => {
      const ref = podRef(spec, name);
      return getObject<Pod>(kube, ref, { signal });
    }),
  );
  return found.flatMap((pod) => pod?.status?.podIP ?? []);
}

function nodesOf({ nodes }: Hands): NodeFaults {
  if (nodes) return nodes;
  throw new KafkaHaError('invalid-usage', 'the nodes of this cluster cannot be broken', {
    hint: 'Drills of whole nodes need a local cluster made of namespaces: kafka-ha local up.',
  });
}
