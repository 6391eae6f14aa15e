import { assess, mayPause, valueOf, type PodState, type State, type TopicState } from '@kafka-ha/health';
import {
  estimateMs,
  featureChanges,
  featureKeys,
  isResize,
  type KeyChange,
  neverSpared,
  nextBroker,
  type ObjectChange,
  type Obstacle,
  pausedTopics,
  type Plan,
  type PlannedRestart,
  planTopics,
  rollOrder,
  type TopicChange,
} from '@kafka-ha/planning';
import { components, componentsOf, names, ofComponent, quorumComponentOf } from '@kafka-ha/manifests';
import {
  type Cluster,
  readAppliedKeys,
  readFeatures,
  reading,
  readMembers,
  readState,
  readStranded,
} from '@kafka-ha/cluster';
import { resizable } from '../roll/resize-pods.ts';
import { planObjects } from './plan-objects.ts';
import { planVolumes } from './plan-volumes.ts';
import { readKafkaChanges } from './read-kafka-changes.ts';
import { readRefusals } from './read-refusals.ts';
import type { Refusal } from './refusal.ts';

/**
 * What `deploy` would do to this cluster now. Reads everything and changes nothing: objects are compared by a dry run of
 * the API server's own, so that its defaults are no differences.
 *
 * @throws KafkaHaError where Kubernetes cannot be read. What Kafka alone knows is left out where no broker answers, and
 *   the plan's obstacles say so.
 */
export async function makePlan(cluster: Cluster): Promise<Plan> {
  const { spec } = cluster;
  const [rendered, volumes] = await Promise.all([planObjects(cluster), planVolumes(cluster)]);
  const objects = [...rendered, ...volumes];
  const { server, context } = cluster.kube;
  const base = { cluster: { name: spec.name, namespace: spec.namespace, server, context }, objects };
  const applied = await readAppliedKeys(cluster).catch(() => undefined);
  if (applied === undefined)
    return { ...base, ...firstDeploy(cluster), obstacles: obstaclesOf(await readRefusals(cluster)) };

  const [state, { restarting, resizes }, refusals] = await Promise.all([
    readState(cluster),
    readDue(cluster, objects),
    readRefusals(cluster),
  ]);
  const topics = valueOf(state.topics);
  const inKafka = valueOf(
    await reading(() => readKafkaChanges(cluster, { applied, ...(topics && { topics }) })),
  );
  const topicsThen = inKafka?.topicsThen ?? topics ?? [];
  const restarts = orderOf(state, restarting);
  const verdict = assess(spec, state);
  const features = await reading(() => readFeatureChanges(cluster));
  const catchUpMs = 1000 * spec.sizing.catchUp.afterRestartSeconds;
  return {
    ...base,
    deletions: inKafka?.deletions ?? [],
    keys: [...(inKafka?.keys ?? []), ...restartKeys(cluster, objects), ...(valueOf(features) ?? [])],
    topics: [
      ...planTopics(spec, topics, inKafka?.bytesToCopy),
      ...(inKafka?.topics ?? []),
      ...pauses(cluster, restarting, valueOf(state.pods) ?? [], topicsThen),
    ],
    resizes,
    restarts,
    estimateMs: estimateMs(restarts, catchUpMs),
    losses: { ...verdict.facts.losses, meanwhile: Math.max(0, spec.tolerance - 1) },
    health: { status: verdict.status, findings: verdict.findings },
    obstacles: [
      ...obstaclesOf(refusals),
      ...(restarts.length === 0
        ? []
        : await rollObstacles(cluster, { ...state, topics: topicsThen }, { due: restarting })),
    ],
  };
}

function firstDeploy({ spec }: Cluster): Omit<Plan, 'cluster' | 'objects'> {
  return {
    deletions: [],
    keys: [],
    topics: planTopics(spec, []),
    resizes: [],
    restarts: [],
    estimateMs: 0,
    losses: { promised: spec.tolerance, now: null, meanwhile: spec.tolerance },
    health: { status: 'absent', findings: [] },
    obstacles: [],
  };
}

/** The pods of a StatefulSet whose template changes, and those that are due already; less those that need no restart. */
async function readDue(
  cluster: Cluster,
  objects: readonly ObjectChange[],
): Promise<{ restarting: ReadonlySet<string>; resizes: string[] }> {
  const due = await Promise.all(
    componentsOf(cluster.spec)
      .toReversed()
      .map(async (component) => {
        const members = await readMembers(cluster, component);
        if (members === undefined) return { restarting: [], resizes: [] };
        const template = changeOf(objects, `StatefulSet ${names(cluster.spec)[component]}`)
          .filter(({ path }) => path.startsWith(templatePath))
          .map((change) => ({ ...change, path: change.path.slice(templatePath.length) }));
        const pods = members.pods.map(({ name }) => name);
        if (template.length > 0 && !isResize(template)) return { restarting: pods, resizes: [] };
        const resizableNow = [...(await resizable(cluster, members)).keys()].map(({ name }) => name);
        const restarting = [...members.due].filter((pod) => !resizableNow.includes(pod));
        const resizes = isResize(template) ? pods.filter((pod) => !restarting.includes(pod)) : resizableNow;
        return { restarting, resizes };
      }),
  );
  return {
    restarting: new Set(due.flatMap(({ restarting }) => restarting)),
    resizes: due.flatMap(({ resizes }) => resizes),
  };
}

const templatePath = 'spec.template.';

function orderOf(state: State, due: ReadonlySet<string>): PlannedRestart[] {
  const order = rollOrder({
    pods: valueOf(state.pods) ?? [],
    due,
    controllerId: valueOf(state.controllerId) ?? null,
    quorum: valueOf(state.quorum) ?? [],
  });
  return order.map(({ pod, why }) => ({ pod: pod.name, component: pod.component, why }));
}

function obstaclesOf(refusals: readonly Refusal[]): Obstacle[] {
  return refusals.map(({ why }) => ({ kind: 'refused', why }));
}

/**
 * Which brokers a roll would refuse; else what the first one's turn would wait for, by the same rules as the roll's, and with
 * the topics as they are then.
 */
async function rollObstacles(
  cluster: Cluster,
  { topics, ...state }: Omit<State, 'topics'> & { topics: readonly TopicState[] },
  { due }: { due: ReadonlySet<string> },
): Promise<Obstacle[]> {
  const pods = valueOf(state.pods) ?? [];
  const scene = {
    brokers: cluster.spec.brokers,
    pods,
    stranded: await readStranded(cluster, { pods, due }),
    due,
    controllerId: valueOf(state.controllerId) ?? null,
    registered: (valueOf(state.brokers) ?? []).map(({ id }) => id),
    topics,
    mayPause: pausable(cluster, topics),
  };
  const refused = neverSpared(scene).flatMap(({ reasons }) => reasons);
  if (refused.length > 0) return refused.map((why) => ({ kind: 'refused', why }));
  const decision = nextBroker(scene);
  return decision.kind === 'wait' ? decision.reasons.map((why) => ({ kind: 'wait', why })) : [];
}

/** Named, for they become unavailable by what the plan does. */
function pauses(
  cluster: Cluster,
  restarting: ReadonlySet<string>,
  pods: readonly PodState[],
  topics: readonly TopicState[],
): TopicChange[] {
  const brokers = ofComponent(pods, 'kafka')
    .filter(({ name }) => restarting.has(name))
    .map(({ ordinal }) => ordinal);
  return pausedTopics(brokers, topics, pausable(cluster, topics)).map((paused) => ({
    kind: 'pause',
    ...paused,
  }));
}

function pausable({ spec }: Cluster, topics: readonly TopicState[]): ReadonlySet<string> {
  return new Set(topics.filter((topic) => mayPause(spec, topic)).map(({ name }) => name));
}

/** The keys of the file that each broker reads at its start. */
function restartKeys({ spec }: Cluster, objects: readonly ObjectChange[]): KeyChange[] {
  return changeOf(objects, `StatefulSet ${names(spec).kafka}`).flatMap(({ path, from, to }) => {
    const [, key] = /server\.properties\]: (.+)$/.exec(path) ?? [];
    if (key === undefined) return [];
    return [{ key, how: 'restart', brokers: 'all', from: from ?? null, to: to ?? null } as const];
  });
}

/** What a deployment raises, or lowers, in the metadata. Where no controller answers, that is left out. */
async function readFeatureChanges(cluster: Cluster): Promise<KeyChange[]> {
  const { spec } = cluster;
  if (!components[quorumComponentOf(spec)].hasFeatures) return [];
  return featureKeys(featureChanges(await readFeatures(cluster), spec.versions.metadata));
}

function changeOf(objects: readonly ObjectChange[], object: string) {
  const change = objects.find((each) => each.object === object);
  return change?.kind === 'change' ? change.fields : [];
}
