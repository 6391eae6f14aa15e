import { KafkaHaError } from '@kafka-ha/base';
import { podRef } from '@kafka-ha/cluster';
import type { Mode, Spec } from '@kafka-ha/config';
import { deleteObject } from '@kafka-ha/kube';
import { quorumComponentOf, type QuorumComponent } from '@kafka-ha/manifests';
import {
  brokerOnAnotherNode,
  brokerThatLeadsMost,
  controller,
  pairOfBrokers,
  podsOfZone,
  quorumLeader,
  quorumMajority,
} from '@kafka-ha/planning';
import { throwFirst } from './all-of.ts';
import { each, one } from './compose.ts';
import { drained } from './drain-nodes.ts';
import { faultNames, type Fault, type FaultName, type Traces } from './fault.ts';
import { crashed, cutOff, cutOffFrom, filled, slowed } from './on-nodes.ts';
import { killJvm, pauseJvm, resumeJvm } from './signal-jvm.ts';
import { watchQuorum } from './watch-quorum.ts';

type Faults = Readonly<Partial<Record<FaultName, Fault>>>;

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
  undo: async ({ cluster, pods }: Traces) => {
    const running = pods.filter(({ phase }) => phase === 'Running');
    await Promise.all(
      running.map(({ component, name, node, ordinal }) =>
        // One that cannot be reached is found by the check of its health.
        resumeJvm(cluster, { component, pod: name, node: node ?? '', ordinal }).catch(() => undefined),
      ),
    );
  },
};

const quorumLost = {
  planned: false,
  brokersAway: 0,
  breaksNodes: false,
  strike: paused.strike,
  undo: paused.undo,
  meanwhile: watchQuorum,
  // Killed, as by a machine that crashes, and not let go on: a leader that was paused, with a follower that was, still
  // takes itself for the leader and ends every session as overdue before it looks around.
  end: each((victim, { cluster }) => killJvm(cluster, victim)),
};

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
    ...cutOff,
  },
  'fill-disk': {
    title: 'the volume of the broker that leads most fills up, and has room again later',
    ...filled,
  },
  'slow-network': {
    title: 'the node of the broker that leads most sends and gets 1 Mbit/s only',
    ...slowed.network,
  },
  'slow-disk': {
    title: 'the volume of the broker that leads most reads and writes 100 kB/s only',
    ...slowed.disk,
  },
  'drain-two-nodes': {
    title:
      'the nodes of two brokers are drained at once, as by kubectl drain: the second waits for the first',
    ...drained,
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
      choose: one((scene) => quorumLeader(scene, 'zookeeper')),
    },
    'lose-zookeeper-quorum': {
      title: 'a majority of the ZooKeeper servers, including the leader, falls silent and restarts later',
      ...quorumLost,
      choose: (scene) => quorumMajority(scene, 'zookeeper'),
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
      choose: one((scene) => quorumLeader(scene, 'controller')),
    },
    'kill-controller': {
      title: 'SIGKILL to the JVM of the active controller',
      ...killed,
      brokersAway: 0,
      choose: one((scene) => quorumLeader(scene, 'controller')),
    },
    'kill-broker-and-controller': {
      title: 'SIGKILL to the JVMs of the broker that leads most and of the active controller at once',
      ...killed,
      brokersAway: 1,
      choose: (scene) => [brokerThatLeadsMost(scene), quorumLeader(scene, 'controller')],
    },
    'lose-controller-quorum': {
      title: 'a majority of the controllers, including the active one, falls silent and restarts later',
      ...quorumLost,
      choose: (scene) => quorumMajority(scene, 'controller'),
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

/** Of a cluster that moves from ZooKeeper to controllers: those of what its brokers go by, and of who is the controller. */
const ofMigration: Partial<Record<Mode, Faults>> = {
  migrating: {
    ...faults.zookeeper,
    'kill-controller': {
      title: 'SIGKILL to the JVM of the controller, which is a broker until the controllers have taken over',
      ...killed,
      brokersAway: 1,
      choose: one(controller),
    },
  },
  'dual-write': {
    ...faults.controller,
    'kill-zookeeper-leader': faults.zookeeper['kill-zookeeper-leader'],
  },
};

function faultsOf(spec: Pick<Spec, 'mode'>): Faults {
  return ofMigration[spec.mode] ?? faults[quorumComponentOf(spec)];
}

/** The names of all faults that there are for a cluster of this kind. */
export function faultNamesOf(spec: Pick<Spec, 'mode'>): FaultName[] {
  const known = faultsOf(spec);
  return faultNames.filter((name) => known[name] !== undefined);
}

/** @throws KafkaHaError `invalid-usage` where there is no such fault for a cluster of this kind. */
export function faultOf(spec: Pick<Spec, 'mode'>, name: FaultName): Fault {
  const fault = faultsOf(spec)[name];
  if (fault !== undefined) return fault;
  throw new KafkaHaError('invalid-usage', `${name} is no fault of a cluster with mode: ${spec.mode}`, {
    hint: `Its faults are ${faultNamesOf(spec).join(', ')}.`,
  });
}

/**
 * Undoes what faults of an earlier drill may have left, in the order of their names: nodes run before they are healed. What
 * cannot be undone keeps nothing else from it.
 *
 * @throws As `throwFirst`.
 */
export async function undoFaults(traces: Traces): Promise<void> {
  const { spec } = traces.cluster;
  const undoings = new Set(faultNamesOf(spec).flatMap((name) => faultOf(spec, name).undo ?? []));
  const failures: unknown[] = [];
  for (const undo of undoings) await undo(traces).catch((error: unknown) => void failures.push(error));
  throwFirst(failures);
}
