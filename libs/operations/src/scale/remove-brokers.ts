import { KafkaHaError, waitFor, waitTelling, type Look } from '@kafka-ha/base';
import type { FencedKafka } from '@kafka-ha/kafka';
import { claimOf, ofComponent, ordinals, podOf } from '@kafka-ha/manifests';
import { awaitReady, type DynamicConfig, type FencedCluster, readPods, withSignal } from '@kafka-ha/cluster';
import { applyBrokers } from './apply-brokers.ts';
import { deleteUnassignedLogs } from './delete-logs.ts';
import { readLogFolders, shellIn } from './logs-on-disk.ts';
import { givenMeanwhile, putBackHolders, refuseHolders } from './refuse-holders.ts';

/** Kafka deletes a log that was moved away after ten seconds (log.segment.delete.delay.ms). */
const leftBehindAfterMs = 30_000;
const emptyWithinMs = 180_000;
const pollMs = 1_000;
/** The grace period of a broker is 120 s. */
const goneWithinMs = 180_000;
const unregisteredWithinMs = 60_000;

/**
 * Removes the pods of brokers that the spec has no more, once none of them holds a replica: not in Kafka's word, and no
 * folder of one on its volume. Their volumes stay, empty, and are used again when a broker of that id comes back.
 */
export async function* removeBrokers(
  cluster: FencedCluster,
  kafka: FencedKafka,
  { from, dynamic }: { from: number; dynamic: DynamicConfig },
): AsyncGenerator<string, string> {
  const { spec } = cluster;
  const leaving = ordinals(from).slice(spec.brokers);
  await refuseHolders(kafka, leaving);
  for (const id of leaving) yield* awaitEmpty(cluster, kafka, id);
  await refuseHolders(kafka, leaving);
  // Their addresses stay until nobody can have a reason to ask there: while they do, a connection is refused at once, and
  // to an address that is no more it would be tried in vain for seconds.
  yield* applyBrokers(cluster, { brokers: spec.brokers, addresses: from, dynamic });
  yield `waiting for ${leaving.map((id) => podOf(spec, id)).join(', ')} to be gone`;
  await waitFor(
    `the pods of brokers ${leaving.join(', ')} to be gone`,
    async (probe) => {
      const pods = await readPods(withSignal(cluster, probe));
      return ofComponent(pods, 'kafka').every(({ ordinal }) => ordinal < spec.brokers);
    },
    { deadlineMs: goneWithinMs, signal: cluster.signal },
  );
  await waitFor(
    `the registrations of brokers ${leaving.join(', ')} to be gone`,
    async () => (await kafka.registry.brokerIds()).every((id) => id < spec.brokers),
    { deadlineMs: unregisteredWithinMs, intervalMs: 500, signal: cluster.signal },
  );
  yield* putBackHolders(kafka, leaving, async function* () {
    yield* applyBrokers(cluster, { brokers: from, dynamic });
    yield* awaitReady({ ...cluster, spec: { ...spec, brokers: from } }, 'kafka');
  });
  const volumes = leaving.map((id) => claimOf(podOf(spec, id))).join(', ');
  const who = leaving.length === 1 ? 'broker' : 'brokers';
  return `${who} ${leaving.join(', ')} held nothing, removed; kept, empty: ${volumes}`;
}

/**
 * Kafka deletes what was moved away. But a broker that was down when a partition left it is never told, and keeps the log
 * for good: what is there from the start and stays is deleted by its name, so that it never comes back.
 */
async function* awaitEmpty(
  cluster: FencedCluster,
  kafka: FencedKafka,
  id: number,
): AsyncGenerator<string, void> {
  const { clock } = cluster.kube;
  const started = clock.now();
  const shell = shellIn(cluster, id);
  let atFirst: readonly string[] | undefined;
  const look = async (): Promise<Look<void>> => {
    const folders = (await readLogFolders(shell)).map(({ folder }) => folder);
    atFirst ??= folders;
    if (folders.length === 0) return { found: undefined };
    const missing = `waiting for the volume of broker ${id} to be empty, logs left: ${folders.length}`;
    const late = () => notEmpty(id, folders);
    const waitedMs = clock.now() - started;
    if (waitedMs <= leftBehindAfterMs || waitedMs >= emptyWithinMs) return { missing, late };
    const { deleted, assigned } = await deleteUnassignedLogs(kafka, shell, { brokerId: id, only: atFirst });
    if (assigned.length > 0) throw givenMeanwhile([id], assigned);
    if (deleted.length === 0) return { missing, late };
    return { missing: `logs deleted that were left behind on broker ${id}: ${deleted.join(', ')}`, late };
  };
  yield* waitTelling(look, { deadlineMs: emptyWithinMs, intervalMs: pollMs, signal: cluster.signal, clock });
}

function notEmpty(id: number, folders: readonly string[]): KafkaHaError {
  return new KafkaHaError(
    'deadline-exceeded',
    `the volume of broker ${id} was not empty within ${emptyWithinMs / 1000} s, so the broker stays`,
    { details: folders, hint: 'Run the same command again: it moves and deletes what is left.' },
  );
}
