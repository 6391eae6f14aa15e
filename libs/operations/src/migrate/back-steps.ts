import { count, isKafkaHaError, KafkaHaError, waitFor } from '@kafka-ha/base';
import {
  deleteMigrationNodes,
  type FencedCluster,
  readClaims,
  readMigration,
  readMigrationNodes,
  readPodsOf,
  readZnodes,
  statefulSetRef,
  withSignal,
} from '@kafka-ha/cluster';
import { deleteObject, refOf } from '@kafka-ha/kube';
import { kafkaLogPath, names, ofComponent, ordinals, type QuorumComponent } from '@kafka-ha/manifests';
import { imageOfZnodes, lostTopics, type MigrationStep } from '@kafka-ha/planning';
import { readingShellIn, type Shell } from '../scale/logs-on-disk.ts';
import { readBackup } from './backup.ts';
import { compareWithZooKeeper, firstWithControllers, untilWritten } from './compare.ts';
import { applyAndRoll } from './forward-steps.ts';
import type { Journey, Work } from './journey.ts';

/** The work of each step back to ZooKeeper. */
export const backSteps: Partial<Record<MigrationStep, Work>> = {
  written: checkWritten,
  return: returnBrokers,
  stop: stopControllers,
  'hand-over': handOver,
  rejoin: ({ inMode, stopNow }) => applyAndRoll(inMode('zookeeper'), 'kafka', stopNow),
  clean: removeVolumes,
  compare: compareAfterwards,
};

/** Who takes over reads in ZooKeeper who leads and who is in sync; and on volumes of another version it does not start. */
async function* checkWritten({ inMode, found }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('dual-write');
  await refuseOtherVolumes(ordinals(cluster.spec.brokers), (id) => readingShellIn(cluster, id));
  const id = await firstWithControllers(cluster);
  if (id === undefined) return 'no broker uses the controllers';
  yield `comparing what broker ${id} has from the controllers with ZooKeeper`;
  found.image = await compareWithZooKeeper(cluster, id);
  const partitions = await untilWritten(cluster);
  return `${count(Object.keys(found.image.topics).length, 'topic')} and ${count(partitions, 'partition')} are equal`;
}

/**
 * A volume that Kafka's tool has formatted is of version 1, and no broker starts with it in ZooKeeper mode.
 *
 * @throws KafkaHaError `conflict` naming the brokers.
 */
export async function refuseOtherVolumes(
  brokerIds: readonly number[],
  shellIn: (brokerId: number) => Shell,
): Promise<void> {
  const versions = await Promise.all(
    brokerIds.map(async (id) => {
      const text = await shellIn(id)(['sh', '-c', `cat ${kafkaLogPath}/meta.properties`]);
      return { id, version: /^version=(\d+)$/m.exec(text)?.[1] };
    }),
  );
  const others = versions.filter(({ version }) => version !== '0');
  if (others.length === 0) return;
  throw new KafkaHaError('conflict', 'Not every broker could start with ZooKeeper again.', {
    details: others.map(({ id, version }) => `the volume of broker ${id} is of version ${version ?? 'none'}`),
    hint: 'One after the other, delete the claim of its volume and its pod (kubectl delete pvc, kubectl delete pod), and wait until kafka-ha health is content: the new volume is of version 0. Then run this again. Nothing was changed.',
  });
}

/** Only those go back that have come: one that does not know the controllers yet is not told of them for that. */
async function* returnBrokers({ inMode, stopNow }: Journey) {
  const cluster = inMode('migrating');
  const { brokers, brokerPods } = await readMigration(cluster);
  if (brokers !== 'kraft' && !brokerPods.some(({ kind }) => kind === 'kraft'))
    return 'none uses the controllers';
  return yield* applyAndRoll(cluster, 'kafka', stopNow);
}

/** The grace period is 30 s. */
const stoppedWithinMs = 180_000;
const goneWithinMs = 60_000;
const tookOverWithinMs = 60_000;
const pollMs = 500;

async function* stopControllers({ inMode, stopNow }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('migrating');
  const { brokerPods } = await readMigration(cluster);
  if (brokerPods.some(({ kind }) => kind === 'kraft'))
    throw new KafkaHaError('conflict', 'A broker uses the controllers still: they are not stopped.', {
      hint: 'Run this again: it takes that broker back first.',
    });
  const { controller } = await readMigrationNodes(cluster);
  if (controller?.isBroker === false) {
    yield 'waiting for ZooKeeper to have everything';
    await untilWritten(cluster);
  }
  return yield* stopServers(withSignal(cluster, stopNow), 'controller');
}

/** Removes the StatefulSet of what kept the metadata, and waits until its pods are gone. Volumes stay. */
export async function* stopServers(
  cluster: FencedCluster,
  component: QuorumComponent,
): AsyncGenerator<string, string> {
  const { kube, spec, signal } = cluster;
  await deleteObject(kube, statefulSetRef(spec, component), { signal });
  yield `waiting for ${names(spec)[component]}-* to stop`;
  let left: readonly string[] = [];
  await waitFor(
    () => `${left.join(', ')} to stop`,
    async (probe) => {
      left = (await readPodsOf(withSignal(cluster, probe), component)).map(({ name }) => name);
      return left.length === 0;
    },
    { deadlineMs: stoppedWithinMs, intervalMs: pollMs, signal, clock: kube.clock },
  );
  return 'stopped';
}

/**
 * A controller's office in ZooKeeper does not end with it: until its node is deleted no broker takes over. What it wrote of its
 * progress goes, too: with that, controllers that are empty would take their emptiness for the truth one day.
 */
async function* handOver({ inMode, stopNow }: Journey): AsyncGenerator<string, string> {
  const cluster = withSignal(inMode('zookeeper'), stopNow);
  const { kube, signal } = cluster;
  const running = await readPodsOf(cluster, 'controller');
  if (running.length > 0)
    throw new KafkaHaError('conflict', 'Controllers run still, and would write again what is deleted.', {
      details: running.map(({ name }) => name),
      hint: 'Delete these pods, then run this again.',
    });
  const deleted = await deleteMigrationNodes(cluster);
  yield deleted.length === 0 ? 'nothing is left of them in ZooKeeper' : `deleted ${deleted.join(', ')}`;
  const { id } = await waitFor(
    'a broker to take over from the controllers',
    async () => {
      const { controller } = await readMigrationNodes(cluster);
      return controller?.isBroker === true && { id: controller.id };
    },
    { deadlineMs: tookOverWithinMs, intervalMs: pollMs, signal, clock: kube.clock },
  );
  return `broker ${id} is the controller`;
}

async function* removeVolumes({ inMode }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('migrating');
  const { kube, spec, signal } = cluster;
  const readLeft = async (until: AbortSignal) =>
    ofComponent(await readClaims({ ...cluster, signal: until }), 'controller').map(({ object }) => object);
  const claims = await readLeft(signal);
  if (claims.length === 0) return 'nothing is left';
  const claimNames = claims.map(({ metadata }) => metadata.name);
  yield `deleting ${claimNames.join(', ')}`;
  try {
    for (const claim of claims)
      await deleteObject(kube, refOf(claim), {
        preconditions: { uid: claim.metadata.uid },
        signal,
      });
  } catch (error) {
    if (!isKafkaHaError(error) || error.code !== 'forbidden') throw error;
    throw new KafkaHaError(
      'forbidden',
      "The controllers' volumes are left, and this account may not delete them.",
      {
        hint: `Have an admin run kubectl -n ${spec.namespace} delete pvc ${claimNames.join(' ')}: with them no migration can begin again. All else is done.`,
        cause: error,
      },
    );
  }
  await waitFor(`${claimNames.join(', ')} to go`, async (probe) => (await readLeft(probe)).length === 0, {
    deadlineMs: goneWithinMs,
    intervalMs: pollMs,
    signal,
    clock: kube.clock,
  });
  return `${count(claims.length, 'volume')} removed`;
}

async function* compareAfterwards({ inMode, backup, found }: Journey): AsyncGenerator<string, string> {
  const cluster = inMode('zookeeper');
  const now = imageOfZnodes(await readZnodes(cluster));
  const before = await readBackup(backup, cluster.spec);
  const image = found.image ?? (before && imageOfZnodes(before.znodes));
  if (image === undefined) return `there is no backup in ${backup} to compare with`;
  const lost = lostTopics(image, now);
  if (lost.length === 0) return `none of ${count(Object.keys(image.topics).length, 'topic')} is missing`;
  throw new KafkaHaError('conflict', 'ZooKeeper lacks topics that there were.', {
    details: lost,
    hint: `If nobody has deleted them meanwhile: ${backup} has what they were, and the brokers' volumes what is in them. Restart no broker before they are back. Else remove that file and run this again.`,
  });
}
