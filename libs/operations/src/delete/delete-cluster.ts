import {
  count,
  isKafkaHaError,
  KafkaHaError,
  runStep,
  waitTelling,
  type Look,
  type Step,
  type StepEvent,
} from '@kafka-ha/base';
import {
  type Actor,
  type Cluster,
  type FencedCluster,
  lockStep,
  refuseForeignObjects,
  withLease,
} from '@kafka-ha/cluster';
import { deleteObject, describeRef, getObject, type KubeObject, type ObjectRef, refOf } from '@kafka-ha/kube';
import { components, quorumComponentOf } from '@kafka-ha/manifests';
import {
  core,
  type Deletion,
  fateOfVolumes,
  isDeleted,
  keepsMetadata,
  readDeletion,
  readOthers,
  readOurs,
} from './read-deletion.ts';

export type DeleteOptions = {
  /** Also the volumes, and with them every record. */
  volumes: boolean;
  /** Also the namespace, which takes its volumes with it: only with `volumes`. */
  namespace: boolean;
  actor: Actor;
};

export type Deleted = { removed: ObjectRef[]; kept: ObjectRef[] };

/** The grace period of a broker is 120 s. */
const stoppedWithinMs = 180_000;
/** A claim goes once no pod has it; the namespace once all that is in it has gone. */
const goneWithinMs = 120_000;
const pollMs = 500;

function deleteSteps({ spec }: Cluster): Step[] {
  return [
    { id: 'check', title: 'Look at what there is' },
    lockStep,
    { id: 'allowed', title: 'See that it may be removed' },
    { id: 'brokers', title: 'Stop the brokers' },
    { id: 'quorum', title: `Stop the ${components[quorumComponentOf(spec)].noun}s` },
    { id: 'objects', title: 'Remove Services, ConfigMaps, NetworkPolicies and the rest' },
    { id: 'volumes', title: 'Remove the volumes' },
    { id: 'namespace', title: 'Remove the namespace' },
  ];
}

/**
 * Removes what there is of a cluster. Pods go before what they need, the brokers before what keeps the metadata, and the lock
 * last. Nothing is removed before the API server has said of everything that it may be. Safe to run again after any end: it
 * removes what is left; nothing left: says so.
 *
 * @throws KafkaHaError `invalid-usage`, `conflict` where another tool's objects have the cluster's names, or, with `namespace`,
 *   others live in it; `forbidden`, `lock-held`, `deadline-exceeded` where a pod or a volume stays, `aborted`.
 */
export async function* deleteCluster(
  cluster: Cluster,
  options: DeleteOptions,
): AsyncGenerator<StepEvent, Deleted> {
  if (options.namespace && !options.volumes)
    throw new KafkaHaError('invalid-usage', 'a namespace takes its volumes with it', {
      hint: 'Say --volumes as well, or leave the namespace. Nothing was changed.',
    });
  const steps = deleteSteps(cluster);
  yield { kind: 'steps', steps };
  let found = await readDeletion(cluster);
  yield* runStep('check', async function* () {
    return described(cluster, found);
  });
  if (isDeleted(found, options)) {
    for (const { id } of steps.slice(1)) yield { kind: 'skipped', step: id, reason: 'nothing to remove' };
    return { removed: [], kept: fateOfVolumes(found, options).kept.map(refOf) };
  }
  if (found.namespace === 'terminating') {
    for (const { id } of steps.slice(1, -1))
      yield { kind: 'skipped', step: id, reason: 'the namespace is being deleted' };
    yield* runStep('namespace', () => untilNamespaceGone(cluster));
    return { removed: [namespaceRef(cluster)], kept: [] };
  }
  const deleted = yield* withLease(
    cluster,
    { ...options, operation: 'delete' },
    async function* (cluster): AsyncGenerator<StepEvent, Deleted> {
      yield* runStep('allowed', async function* () {
        // Whoever held the lock before may have changed it.
        found = await readDeletion(cluster);
        found = await withoutForbidden(cluster, found, options);
        return 'so it is';
      });
      yield* runStep('brokers', () => stop(cluster, found, (each) => !keepsMetadata(each)));
      yield* runStep('quorum', () => stop(cluster, found, keepsMetadata));
      // A StatefulSet may have made one more before it heard of its own end.
      found = { ...found, claims: await readOurs(cluster, core('PersistentVolumeClaim')) };
      yield* runStep('objects', async function* () {
        const objects = [...found.rest, ...found.accounts];
        for (const object of objects) await remove(cluster, object);
        return `${count(objects.length, 'object')} removed`;
      });
      if (fateOfVolumes(found, options).kept.length === 0)
        yield* runStep('volumes', () => removeVolumes(cluster, found));
      else yield { kind: 'skipped', step: 'volumes', reason: `${count(found.claims.length, 'volume')} kept` };
      if (options.namespace)
        await deleteObject(cluster.kube, namespaceRef(cluster), { signal: cluster.signal });
      return {
        removed: removedOf(cluster, found, options),
        kept: fateOfVolumes(found, options).kept.map(refOf),
      };
    },
  );
  if (options.namespace) yield* runStep('namespace', () => untilNamespaceGone(cluster));
  else yield { kind: 'skipped', step: 'namespace', reason: `${cluster.spec.namespace} stays` };
  return deleted;
}

function described({ spec }: Cluster, found: Deletion): string {
  const { namespace, workloads, pods, rest, accounts, claims } = found;
  if (namespace === 'absent') return `there is no namespace ${spec.namespace}`;
  const objects = workloads.length + rest.length + accounts.length;
  return [count(pods.length, 'pod'), count(objects, 'object'), count(claims.length, 'volume')].join(', ');
}

function removedOf(cluster: Cluster, found: Deletion, options: DeleteOptions): ObjectRef[] {
  const { workloads, rest, accounts } = found;
  const objects = [...workloads, ...rest, ...accounts, ...fateOfVolumes(found, options).removed];
  return [...objects.map(refOf), ...(options.namespace ? [namespaceRef(cluster)] : [])];
}

function namespaceRef({ spec }: Cluster): ObjectRef {
  return { apiVersion: 'v1', kind: 'Namespace', name: spec.namespace };
}

/**
 * What is to be removed, without the accounts that only an admin may.
 *
 * @throws KafkaHaError where anything else may not be, or is somebody else's.
 */
async function withoutForbidden(
  cluster: FencedCluster,
  found: Deletion,
  options: DeleteOptions,
): Promise<Deletion> {
  await refuseForeignObjects(cluster);
  if (options.namespace) await refuseOthers(cluster);
  const { workloads, pods, rest } = found;
  const refs = [...workloads, ...pods, ...rest, ...fateOfVolumes(found, options).removed].map(refOf);
  if (options.namespace) refs.push(namespaceRef(cluster));
  for (const ref of refs) await deleteObject(cluster.kube, ref, { dryRun: true, signal: cluster.signal });
  const accounts = [];
  for (const account of found.accounts) if (await mayRemove(cluster, account)) accounts.push(account);
  return { ...found, accounts };
}

async function mayRemove(cluster: FencedCluster, object: KubeObject): Promise<boolean> {
  try {
    return await deleteObject(cluster.kube, refOf(object), { dryRun: true, signal: cluster.signal });
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return false;
    throw error;
  }
}

async function refuseOthers(cluster: Cluster): Promise<void> {
  const others = await readOthers(cluster);
  if (others.length === 0) return;
  const { name, namespace } = cluster.spec;
  throw new KafkaHaError('conflict', `namespace ${namespace} holds what does not belong to ${name}`, {
    details: others.map((object) => `${object.kind} ${object.metadata.name}`),
    hint: 'Leave out --namespace, or remove these first. Nothing was changed.',
  });
}

/** Removes what makes some of the pods, then the pods, also those that nothing makes any more, and waits until they are gone. */
async function* stop(
  cluster: FencedCluster,
  { workloads }: Deletion,
  isMeant: (object: KubeObject) => boolean,
): AsyncGenerator<string, string> {
  for (const workload of workloads.filter(isMeant)) await remove(cluster, workload);
  const stopped = new Set<string>();
  const look = async (): Promise<Look<number>> => {
    const left = (await readOurs(cluster, core('Pod'))).filter(isMeant);
    if (left.length === 0) return { found: stopped.size };
    // Its StatefulSet may have made one more before it heard of its own end.
    for (const pod of left) if (pod.metadata.deletionTimestamp === undefined) await remove(cluster, pod);
    for (const { metadata } of left) stopped.add(metadata.name);
    const names = left.map(({ metadata }) => metadata.name).join(', ');
    return { missing: `waiting for ${names}`, late: () => stays(left) };
  };
  const { clock } = cluster.kube;
  const wait = { deadlineMs: stoppedWithinMs, intervalMs: pollMs, signal: cluster.signal, clock };
  return `${count(yield* waitTelling(look, wait), 'pod')} stopped`;
}

/** This very object: another of its name is not what was looked at. */
async function remove({ kube, signal }: FencedCluster, object: KubeObject): Promise<void> {
  const { uid } = object.metadata;
  try {
    await deleteObject(kube, refOf(object), { preconditions: { uid }, signal });
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'conflict') throw error;
  }
}

function stays(pods: readonly KubeObject[]): KafkaHaError {
  const seconds = stoppedWithinMs / 1000;
  return new KafkaHaError(
    'deadline-exceeded',
    `Waited ${seconds} s for ${count(pods.length, 'pod')} to stop.`,
    {
      details: pods.map(({ metadata, spec }) => {
        const { nodeName = 'no node' } = spec as { nodeName?: string };
        return `${metadata.name} on ${nodeName}`;
      }),
      hint: 'A node that is away never confirms: once it is surely off, kubectl delete pod NAME --force. Then run this again: it goes on.',
    },
  );
}

/** What goes with the volumes is removed after the last: a run that is cut off before leaves none without it. */
async function* removeVolumes(
  cluster: FencedCluster,
  { claims, quorumConfig }: Deletion,
): AsyncGenerator<string, string> {
  for (const claim of claims) await remove(cluster, claim);
  const late = (left: readonly KubeObject[]) =>
    new KafkaHaError('deadline-exceeded', `Waited ${goneWithinMs / 1000} s for the volumes to go.`, {
      details: left.map((claim) => describeRef(refOf(claim))),
      hint: 'kubectl describe pvc says which pod still has one. Then run this again: it goes on.',
    });
  const look = async (): Promise<Look<void>> => {
    const left = await readOurs(cluster, core('PersistentVolumeClaim'));
    if (left.length === 0) return { found: undefined };
    return { missing: `waiting for ${count(left.length, 'volume')}`, late: () => late(left) };
  };
  const { clock } = cluster.kube;
  yield* waitTelling(look, { deadlineMs: goneWithinMs, intervalMs: pollMs, signal: cluster.signal, clock });
  for (const object of quorumConfig) await remove(cluster, object);
  return `${count(claims.length, 'volume')} removed`;
}

async function* untilNamespaceGone(cluster: Cluster): AsyncGenerator<string, string> {
  const { kube, spec } = cluster;
  const late = () =>
    new KafkaHaError(
      'deadline-exceeded',
      `Waited ${goneWithinMs / 1000} s for namespace ${spec.namespace} to go.`,
      { hint: `kubectl get namespace ${spec.namespace} -o yaml says what is left in it.` },
    );
  const look = async (): Promise<Look<string>> => {
    const namespace = await getObject(kube, namespaceRef(cluster), { signal: cluster.signal });
    if (namespace === undefined) return { found: `${spec.namespace} removed` };
    return { missing: 'waiting for what is in it to go', late };
  };
  const wait = { deadlineMs: goneWithinMs, intervalMs: pollMs, signal: cluster.signal, clock: kube.clock };
  return yield* waitTelling(look, wait);
}
