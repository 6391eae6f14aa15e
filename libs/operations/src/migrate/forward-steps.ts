import { KafkaHaError, waitTelling, type Look } from '@kafka-ha/base';
import {
  applyObjects,
  awaitHealthy,
  awaitReady,
  describeApplied,
  type FencedCluster,
  quorumOf,
  readControllersNotReady,
  readMigrationMarks,
  readMigrationNodes,
  readZnodes,
  writeMigrationMarks,
} from '@kafka-ha/cluster';
import { names, renderObjects, type Component } from '@kafka-ha/manifests';
import { imageOfZnodes, lostTopics, type MigrationStep } from '@kafka-ha/planning';
import { ensureAccounts } from '../deploy/ensure-accounts.ts';
import { refuse } from '../plan/refusal.ts';
import { rollDue } from '../roll/roll.ts';
import { clusterOf, isThere, readBackup, writeBackup } from './backup.ts';
import { readForbidden, readStartRefusals } from './check-start.ts';
import { compareWithZooKeeper, firstWithControllers } from './compare.ts';
import type { Journey, Work } from './journey.ts';

/** The work of each step from ZooKeeper to where the brokers use controllers. */
export const forwardSteps: Partial<Record<MigrationStep, Work>> = {
  backup: checkAndBackUp,
  controllers: startControllers,
  join: ({ inMode, stopNow }) => applyAndRoll(inMode('migrating'), 'kafka', stopNow),
  copy: untilCopied,
  switch: switchBrokers,
  compare: compareAll,
};

async function* checkAndBackUp({ from, inMode, backup }: Journey): AsyncGenerator<string, string> {
  const [zookeeper, migrating] = [inMode('zookeeper'), inMode('migrating')];
  const there = await readBackup(backup, zookeeper.spec);
  // Where there are controllers an earlier run has seen that it may begin.
  if (from === 'provisioned') {
    if (there !== undefined) return `${backup} is there`;
  } else {
    if (there !== undefined) throw isThere(backup);
    refuse((await readStartRefusals(zookeeper, migrating)).map((each) => ({ code: 'conflict', ...each })));
    yield* awaitHealthy(zookeeper);
    refuse(
      (await readForbidden([migrating, inMode('dual-write')])).map((each) => ({
        code: 'forbidden',
        ...each,
      })),
    );
    await ensureAccounts(migrating);
    // From here on it has begun: a run after this one goes on, and takes the backup for its own.
    await markBegun(migrating);
  }
  const znodes = await readZnodes(zookeeper);
  const takenAt = new Date().toISOString();
  await writeBackup(backup, { cluster: clusterOf(zookeeper.spec), takenAt, znodes });
  return `${Object.keys(imageOfZnodes(znodes).topics).length} topics in ${backup}`;
}

/**
 * They are formatted with ZooKeeper's own id, and copy nothing before every broker knows them. Until they have formed their quorum
 * no broker hears of them.
 */
async function* startControllers({ inMode, stopNow }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('migrating');
  const marks = await markBegun(cluster);
  const { kafka } = names(cluster.spec);
  const desired = renderObjects(cluster.spec).filter(
    ({ kind, metadata }) => kind !== 'StatefulSet' || metadata.name !== kafka,
  );
  yield* applyObjects(cluster, { stopNow, desired });
  yield* awaitReady(cluster, 'controller');
  await quorumOf(cluster, 'controller').keepFormed(cluster);
  yield* untilReady(cluster);
  await writeMigrationMarks(cluster, { ...marks, since: marks.since ?? new Date().toISOString() });
  return `${cluster.spec.controllers.servers} controllers of cluster ${marks.zookeeperId}`;
}

/** The id that the controllers are formatted with. */
async function markBegun(cluster: FencedCluster): Promise<{ zookeeperId: string; since?: string }> {
  const marks = await readMigrationMarks(cluster);
  const zookeeperId = marks.zookeeperId ?? (await readClusterId(cluster));
  if (marks.zookeeperId === undefined) await writeMigrationMarks(cluster, { ...marks, zookeeperId });
  return { ...marks, zookeeperId };
}

async function readClusterId(cluster: FencedCluster): Promise<string> {
  const text = (await readZnodes(cluster))['/cluster/id'];
  const { id } = (text === undefined ? {} : JSON.parse(text)) as { id?: string };
  if (id !== undefined) return id;
  throw new KafkaHaError('conflict', 'ZooKeeper has no id of the cluster', {
    hint: 'Its brokers write it at their start: run kafka-ha roll, then this again.',
  });
}

const readyWithinMs = 120_000;
/** The controllers look again after up to a minute. */
const copiedWithinMs = 600_000;
const pollMs = 1_000;

async function* untilReady(cluster: FencedCluster): AsyncGenerator<string, void> {
  const look = async (): Promise<Look<void>> => {
    const [first, ...others] = await readControllersNotReady(cluster);
    if (first === undefined) return { found: undefined };
    const late = () =>
      new KafkaHaError('deadline-exceeded', 'The controllers do not become ready to take over.', {
        details: [first, ...others],
        hint: 'Read their logs, then run this again, or kafka-ha migrate --back.',
      });
    return { missing: first, late };
  };
  const { kube, signal } = cluster;
  const wait = { deadlineMs: readyWithinMs, intervalMs: pollMs, signal, clock: kube.clock };
  yield* waitTelling(look, wait);
}

/** They begin by themselves once every broker that ZooKeeper knows, or that holds a replica, has registered with them. */
async function* untilCopied({ inMode }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('migrating');
  const look = async (): Promise<Look<number>> => {
    const { controller, migration } = await readMigrationNodes(cluster);
    const isDone = controller?.isBroker === false && migration !== null && migration.offset > 0;
    if (isDone) return { found: controller.id };
    const missing =
      controller?.isBroker === false
        ? `controller ${controller.id} copies`
        : 'waiting for the controllers to have heard of every broker';
    const late = () =>
      new KafkaHaError(
        'deadline-exceeded',
        `Waited ${copiedWithinMs / 1000} s for the controllers to take over.`,
        {
          details: [missing],
          hint: 'Every broker must run that ZooKeeper knows or that holds a replica. Read the log of the active controller, then run this again, or kafka-ha migrate --back.',
        },
      );
    return { missing, late };
  };
  const { kube, signal } = cluster;
  const wait = { deadlineMs: copiedWithinMs, intervalMs: pollMs, signal, clock: kube.clock };
  const id = yield* waitTelling(look, wait);
  return `controller ${id} has taken over`;
}

/** A broker that uses the controllers is asked what they hold before another one stops, also by a run that goes on. */
async function* switchBrokers({ inMode, stopNow }: Journey) {
  const cluster = inMode('dual-write');
  const rolling = applyAndRoll(cluster, 'kafka', stopNow);
  let isCompared = false;
  try {
    for (;;) {
      const { done, value } = await rolling.next();
      if (done) return value;
      if (!isCompared && typeof value !== 'string' && value.data.kind === 'stops') {
        const id = await firstWithControllers(cluster);
        isCompared = id !== undefined;
        if (id !== undefined) {
          yield `comparing what broker ${id} has from the controllers with ZooKeeper`;
          await compareWithZooKeeper(cluster, id);
        }
      }
      yield value;
    }
  } finally {
    await rolling.return('');
  }
}

async function* compareAll({ inMode, backup }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('dual-write');
  const image = await compareWithZooKeeper(cluster, 0);
  const before = await readBackup(backup, cluster.spec);
  const equal = `${Object.keys(image.topics).length} topics are equal`;
  if (before === undefined) return `${equal}; there is no backup in ${backup} to compare with`;
  const lost = lostTopics(imageOfZnodes(before.znodes), image);
  if (lost.length === 0) return `${equal}, and none of the backup is missing`;
  throw new KafkaHaError('conflict', 'Topics of the backup are not there any more.', {
    details: lost,
    hint: `If nobody has deleted them on purpose, run kafka-ha migrate --back; ${backup} has what they were. Else remove that file and run this again.`,
  });
}

/** Gives the cluster its objects, and replaces the pods of one component that are due. */
export async function* applyAndRoll(cluster: FencedCluster, component: Component, stopNow: AbortSignal) {
  const applied = yield* applyObjects(cluster, { stopNow });
  const rolled = yield* rollDue(cluster, component, stopNow);
  yield* awaitReady(cluster, component);
  return rolled ?? describeApplied(applied);
}
