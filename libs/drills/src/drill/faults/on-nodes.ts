import { KafkaHaError, readUntil } from '@kafka-ha/base';
import { podRef, readPods } from '@kafka-ha/cluster';
import type { PodState } from '@kafka-ha/health';
import type { Victim } from '@kafka-ha/history';
import { getObject, type Pod } from '@kafka-ha/kube';
import type { NodeFaults } from '@kafka-ha/local-cluster';
import { components, ordinals, podNameOf, type Component } from '@kafka-ha/manifests';
import { brokerOnAnotherNode } from '@kafka-ha/planning';
import { allOf } from './all-of.ts';
import { each, one, type Strike } from './compose.ts';
import type { Fault, Hands, Traces } from './fault.ts';
import { lateSeconds } from './signal-jvm.ts';

// Faults of whole nodes, which the nodes of a local cluster make themselves.

const onNodes = { planned: false, breaksNodes: true, brokersAway: 1 };

const ofOneBroker = { ...onNodes, choose: one(brokerOnAnotherNode) };

const nodesUnder = (victims: readonly Victim[]) => [...new Set(victims.map(({ node }) => node))];

/** Their clock is this machine's. */
const crashNodes: Strike = async (victims, hands) => {
  const { moment, cluster } = hands;
  if (moment !== undefined)
    await cluster.kube.clock.sleep(Math.max(0, moment.atSecond * 1000 - Date.now()), cluster.signal);
  await allOf(nodesUnder(victims).map((node) => nodesOf(hands).crash(node)));
  if (moment !== undefined && Date.now() > (moment.atSecond + lateSeconds + 1) * 1000)
    moment.doubt('the nodes did not stop at once');
};

export const crashed = {
  ...onNodes,
  strike: crashNodes,
  end: async (victims: readonly Victim[], hands: Hands) => {
    await allOf(nodesUnder(victims).map((node) => nodesOf(hands).revive(node)));
  },
  undo: onEachNode((nodes, node) => nodes.revive(node)),
};

export const cutOff = {
  ...ofOneBroker,
  strike: each(({ node }, hands) => nodesOf(hands).cut(node)),
  end: each(({ node }, hands) => nodesOf(hands).heal(node)),
  undo: onEachNode((nodes, node) => nodes.heal(node)),
};

const healPeers = onEachNode((nodes, node) => nodes.healPeers(node));

/** A broker from all other pods of a component; alone, or with whatever else is on its node. */
export const cutOffFrom = (component: Component, { alone }: { alone: boolean }) => ({
  ...ofOneBroker,
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
  undo: healPeers,
});

export const filled = {
  ...ofOneBroker,
  strike: each(({ node }, hands) => nodesOf(hands).fillDisk(node)),
  meanwhile: untilStopped,
  end: each(({ node }, hands) => nodesOf(hands).freeDisk(node)),
  undo: onEachNode((nodes, node) => nodes.freeDisk(node)),
};

/** Bytes per second: a megabit, which is felt beside a producer of some megabytes, and not with the default load alone. */
const slowNetwork = 125_000;
const slowDisk = 100_000;

const slow = (limit: 'limitNetwork' | 'limitDisk', bytesPerSecond: number) => ({
  ...ofOneBroker,
  strike: each(({ node }, hands) => nodesOf(hands)[limit](node, bytesPerSecond)),
  end: each(({ node }, hands) => nodesOf(hands)[limit](node, null)),
  undo: onEachNode((nodes, node) => nodes[limit](node, null)),
});

export const slowed = {
  network: slow('limitNetwork', slowNetwork),
  disk: slow('limitDisk', slowDisk),
};

/** A broker that cannot write ends: where it went on, its volume was not full. */
async function untilStopped(
  victims: readonly Victim[],
  { cluster, durationMs, doubt }: Hands,
): Promise<void> {
  const names = victims.map(({ pod }) => pod);
  const isServing = (pod: PodState) => names.includes(pod.name) && pod.ready;
  const stopped = (pods: readonly PodState[]) => !pods.some(isServing);
  const wait = { deadlineMs: durationMs, intervalMs: 500, signal: cluster.signal, clock: cluster.kube.clock };
  if (!stopped(await readUntil(() => readPods(cluster), stopped, wait)))
    doubt?.(`${names.join(' and ')} did not stop, though its volume was full`);
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

/** On all nodes that run pods of the cluster: whose a trace is, nobody knows any more. */
function onEachNode(mend: (nodes: NodeFaults, node: string) => Promise<void>): NonNullable<Fault['undo']> {
  return async ({ nodes, pods }: Traces) => {
    if (nodes === undefined) return;
    const names = new Set(pods.flatMap(({ node }) => node ?? []));
    await allOf([...names].map((node) => mend(nodes, node)));
  };
}

function nodesOf({ nodes }: Hands): NodeFaults {
  if (nodes) return nodes;
  throw new KafkaHaError('invalid-usage', 'the nodes of this cluster cannot be broken', {
    hint: 'Drills of whole nodes need a local cluster made of namespaces: kafka-ha local up.',
  });
}
