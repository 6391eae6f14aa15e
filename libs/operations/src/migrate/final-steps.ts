import { KafkaHaError } from '@kafka-ha/base';
import {
  applyObjects,
  awaitHealthy,
  awaitReady,
  describeApplied,
  readMembers,
  readMigration,
  readMigrationMarks,
  writeMigrationMarks,
} from '@kafka-ha/cluster';
import {
  names,
  ordinals,
  podNameOf,
  renderObjects,
  claimOf,
  type KubernetesObject,
} from '@kafka-ha/manifests';
import type { MigrationStep } from '@kafka-ha/planning';
import { rollDue } from '../roll/roll.ts';
import { stopServers } from './back-steps.ts';
import { compareWithZooKeeper } from './compare.ts';
import type { Journey, Work } from './journey.ts';

/** The work of each step of the last way, from which nothing leads back. */
export const finalSteps: Partial<Record<MigrationStep, Work>> = {
  compare: checkWhole,
  cut: cutControllers,
  remove: removeZooKeeper,
};

/** The last look: nothing is under way, and both hold the same. */
async function* checkWhole({ inMode }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('dual-write');
  const due = (await readMembers(cluster, 'kafka'))?.due ?? new Set();
  const { brokerPods } = await readMigration(cluster);
  const others = brokerPods.filter(({ kind }) => kind !== 'kraft').map(({ id }) => `broker ${id}`);
  if (due.size > 0 || others.length > 0)
    throw new KafkaHaError('conflict', 'Not every broker uses the controllers yet.', {
      details: [...new Set([...due, ...others])],
      hint: 'Run kafka-ha migrate, which goes on. Nothing was changed.',
    });
  yield* awaitHealthy(cluster);
  const { topics } = await compareWithZooKeeper(cluster, 0);
  return `${Object.keys(topics).length} topics are equal`;
}

/**
 * Once a controller is active that does not have the flag of the migration, ZooKeeper hears of nothing any more. That is written
 * down before the first restart, for nothing tells it from outside.
 */
async function* cutControllers({ inMode, stopNow }: Journey) {
  const cluster = inMode('dual-write');
  // Then an earlier run has come further.
  if ((await readMigration(cluster)).zookeeper === null) return 'they have forgotten it already';
  const marks = await readMigrationMarks(cluster);
  await writeMigrationMarks(cluster, { ...marks, isFinalizing: true });
  const isControllers = ({ kind, metadata }: KubernetesObject) =>
    kind === 'StatefulSet' && metadata.name === names(cluster.spec).controller;
  // All else stays as it is: the controllers that have not restarted yet go on writing to ZooKeeper.
  const desired = [
    ...renderObjects(cluster.spec).filter((object) => !isControllers(object)),
    ...renderObjects(inMode('kraft').spec).filter(isControllers),
  ];
  yield* applyObjects(cluster, { stopNow, desired });
  const rolled = yield* rollDue(cluster, 'controller', stopNow);
  yield* awaitReady(cluster, 'controller');
  return rolled ?? 'they have forgotten it already';
}

/** Its volumes stay, for whoever wants to look at what it held. */
async function* removeZooKeeper({ inMode, stopNow }: Journey) {
  const cluster = inMode('kraft');
  const { spec } = cluster;
  yield* stopServers(inMode('dual-write'), 'zookeeper');
  const applied = yield* applyObjects(cluster, { stopNow });
  yield* rollDue(cluster, 'kafka', stopNow);
  const { zookeeperId } = await readMigrationMarks(cluster);
  await writeMigrationMarks(cluster, { ...(zookeeperId !== undefined && { zookeeperId }) });
  const claims = ordinals(spec.zookeeper.servers).map((each) => claimOf(podNameOf(spec, 'zookeeper', each)));
  return `${describeApplied(applied)}; its volumes are kept: kubectl -n ${spec.namespace} delete pvc ${claims.join(' ')}`;
}
