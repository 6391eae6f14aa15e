import { isKafkaHaError, KafkaHaError, waitFor } from '@kafka-ha/base';
import { type Cluster, type FencedCluster, readPods, withSignal } from '@kafka-ha/cluster';
import type { PodState } from '@kafka-ha/health';
import type { Victim } from '@kafka-ha/history';
import { getObject, listObjects, patchObject, tryEviction, type KubeObject } from '@kafka-ha/kube';
import { podsOfTwoNodes } from '@kafka-ha/planning';
import { allOf } from './all-of.ts';
import type { Strike } from './compose.ts';
import type { Hands, Traces } from './fault.ts';

/** On a node: the cluster whose drill has cordoned it, and may let pods on it again. */
const cordonedBy = 'kafka-ha/cordoned-by-drill-of';
/** What `kubectl drain` waits is five seconds; a budget that does not hold is seen the sooner. */
const evictAgainMs = 1_000;
const allowedWithinMs = 240_000;

/** The first node is drained at once, so its pods are the ones that the others have to wait for. */
const drainFirst: Strike = async (victims, { cluster }) => {
  const [first, second] = nodesOf(victims);
  for (const node of [first, second]) await cordon(cluster, node);
  const pods = await readPods(cluster);
  for (const victim of on(first, victims))
    if ((await evict(cluster, pods, victim)) === 'not now')
      throw new KafkaHaError('unhealthy', `the disruption budget refuses the eviction of ${victim.pod}`, {
        hint: 'No pod of its kind may be away before the drill: kubectl get poddisruptionbudgets.',
      });
};

/**
 * Drains the second node as well, and brings the first one back after the time of the fault: what is evicted before that is
 * back is a breach of the budget.
 */
async function drainSecond(victims: readonly Victim[], hands: Hands): Promise<void> {
  const { cluster, durationMs, breach } = hands;
  const { clock } = cluster.kube;
  const [first, second] = nodesOf(victims);
  const before = await readPods(cluster);
  const backAtMs = clock.now() + durationMs;
  let left = on(second, victims);
  let isBack = false;
  await waitFor(
    () => `the disruption budget to allow the eviction of ${left.map(({ pod }) => pod).join(' and ')}`,
    async (probeSignal) => {
      const probed = withSignal(cluster, probeSignal);
      if (!isBack && clock.now() >= backAtMs) {
        await uncordon(probed, first);
        isBack = true;
      }
      for (const victim of left) {
        if ((await evict(probed, before, victim)) === 'not now') continue;
        left = left.filter((each) => each !== victim);
        const away = awayOf(await readPods(probed), on(first, victims), victim);
        if (away.length > 0) breach?.(`${victim.pod} was evicted while ${away.join(' and ')} was away`);
      }
      return isBack && left.length === 0;
    },
    { deadlineMs: durationMs + allowedWithinMs, intervalMs: evictAgainMs, signal: cluster.signal, clock },
  );
}

export const drained = {
  planned: true,
  breaksNodes: false,
  cordonsNodes: true,
  inTurn: true,
  brokersAway: 1,
  choose: podsOfTwoNodes,
  strike: drainFirst,
  meanwhile: drainSecond,
  end: async (victims: readonly Victim[], { cluster }: Hands) => {
    await allOf(nodesOf(victims).map((node) => uncordon(cluster, node)));
  },
  undo: async ({ cluster }: Traces) => {
    const left = (await readNodes(cluster)).filter((node) => isCordonedBy(cluster, node));
    await allOf(left.map(({ metadata }) => uncordon(cluster, metadata.name)));
  },
};

type Node = KubeObject & { spec: { unschedulable?: boolean } };

const refOfNode = (name: string) => ({ apiVersion: 'v1', kind: 'Node', name });

/** @throws KafkaHaError `conflict` where somebody else has cordoned it. */
async function cordon({ kube, spec, signal }: FencedCluster, name: string): Promise<void> {
  const node = await getObject<Node>(kube, refOfNode(name), { signal });
  if (node?.spec.unschedulable === true)
    throw new KafkaHaError('conflict', `node ${name} is cordoned already`, {
      hint: `Find out by whom; then run kubectl uncordon ${name}, or drill again later.`,
    });
  const annotations = { [cordonedBy]: `${spec.namespace}.${spec.name}` };
  await patchObject(
    kube,
    refOfNode(name),
    { metadata: { annotations }, spec: { unschedulable: true } },
    { signal },
  );
}

/** Only a node that a drill of this cluster has cordoned. */
async function uncordon(cluster: FencedCluster, name: string): Promise<void> {
  const { kube, signal } = cluster;
  const node = await getObject<Node>(kube, refOfNode(name), { signal });
  if (!isCordonedBy(cluster, node)) return;
  const annotations = { [cordonedBy]: null };
  await patchObject(
    kube,
    refOfNode(name),
    { metadata: { annotations }, spec: { unschedulable: null } },
    { signal },
  );
}

function isCordonedBy({ spec }: Cluster, node: Node | undefined): boolean {
  return node?.metadata.annotations?.[cordonedBy] === `${spec.namespace}.${spec.name}`;
}

/** None where nodes may not be listed: then no drill of this account has cordoned one. */
async function readNodes({ kube, signal }: Cluster): Promise<Node[]> {
  try {
    return await listObjects<Node>(kube, { apiVersion: 'v1', kind: 'Node' }, { signal });
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return [];
    throw error;
  }
}

async function evict(
  { kube, spec, signal }: FencedCluster,
  pods: readonly PodState[],
  { pod: name }: Victim,
): Promise<'taken' | 'not now'> {
  const pod = pods.find((each) => each.name === name);
  if (pod === undefined) throw new KafkaHaError('unhealthy', `pod ${name} is gone: something deleted it`);
  const eviction = await tryEviction(kube, { ...pod, namespace: spec.namespace }, signal);
  if (eviction !== 'may not') return eviction;
  throw new KafkaHaError('forbidden', `${name} may not be evicted`, {
    hint: 'The account of the drill needs `create` on pods/eviction, and each pod one disruption budget at most.',
  });
}

/** Pods of the same kind that were evicted before and are not back. */
function awayOf(pods: readonly PodState[], evicted: readonly Victim[], { component }: Victim): string[] {
  const isBack = (name: string) => pods.some((pod) => pod.name === name && pod.ready && !pod.deleting);
  return evicted.filter((each) => each.component === component && !isBack(each.pod)).map(({ pod }) => pod);
}

function nodesOf(victims: readonly Victim[]): [string, string] {
  const [first = '', second = ''] = new Set(victims.map(({ node }) => node));
  return [first, second];
}

function on(node: string, victims: readonly Victim[]): Victim[] {
  return victims.filter((victim) => victim.node === node);
}
