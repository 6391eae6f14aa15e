import { KafkaHaError, messageOf, waitFor, type Clock } from '@kafka-ha/base';
import {
  type FencedKafka,
  readRegistrations,
  unregisterBrokers,
  updateFeature,
  whyNotUpdated,
} from '@kafka-ha/kafka';
import { featureChanges, levelName, type FeatureChange, type FeatureLevels } from '@kafka-ha/planning';
import { type FencedCluster, openKafka, readFeatures, withSignal } from '@kafka-ha/cluster';
import { heldBy } from '../scale/refuse-holders.ts';

/**
 * Makes the features of the metadata those of the file's release, once every controller and broker runs binaries that know them:
 * one after the other, each read back from the controllers. What an earlier run has raised is not raised again. With controllers alone.
 */
export async function* settleFeatures(cluster: FencedCluster): AsyncGenerator<string, string> {
  const { spec, kube } = cluster;
  const { metadata } = spec.versions;
  const changes = featureChanges(await readFeatures(cluster), metadata);
  if (changes.length === 0) return `those of ${metadata}, as the file says`;
  await using kafka = await openKafka(cluster);
  const read = (probe: AbortSignal) => readFeatures(withSignal(cluster, probe));
  return yield* updateFeatures(kafka, changes, {
    brokers: spec.brokers,
    read,
    clock: kube.clock,
    signal: cluster.signal,
  });
}

type Context = {
  /** How many the file has; those beyond that are gone for good. */
  brokers: number;
  read: (signal: AbortSignal) => Promise<FeatureLevels>;
  clock: Clock;
  signal: AbortSignal;
};

/** A node that has just come up tells the controllers what it knows when it registers. */
const supportedWithinMs = 30_000;
const inForceWithinMs = 30_000;

/** @throws KafkaHaError `kafka-refused` with Kafka's reason, before any is changed where there is one; `deadline-exceeded`. */
export async function* updateFeatures(
  kafka: FencedKafka,
  changes: readonly FeatureChange[],
  { brokers, read, clock, signal }: Context,
): AsyncGenerator<string, string> {
  yield* forgetStale(kafka, brokers);
  await untilSupported(kafka, changes, { clock, signal });
  for (const change of changes) {
    const { feature, to } = change;
    yield describeFeature(change);
    await updateFeature(kafka, change);
    await waitFor(
      `the controllers to have ${feature} ${levelName(feature, to)}`,
      async (probe) => ((await read(probe))[feature] ?? 0) === to,
      { deadlineMs: inForceWithinMs, intervalMs: 200, clock, signal },
    );
  }
  return changes.map(describeFeature).join(', ');
}

/** E.g. `metadata.version 3.9-IV0 → 4.4-IV2`. */
export function describeFeature({ feature, from, to }: FeatureChange): string {
  return `${feature} ${levelName(feature, from)} → ${levelName(feature, to)}`;
}

/**
 * Kafka raises no feature that a registered broker does not support, gone as that may be: one that a scale has removed and not yet
 * unregistered would stand in the way for good. One that holds something still is not gone.
 */
async function* forgetStale(kafka: FencedKafka, brokers: number): AsyncGenerator<string, void> {
  const stale = (await readRegistrations(kafka)).filter(({ id, isFenced }) => id >= brokers && isFenced);
  const ids: number[] = [];
  for (const { id } of stale) if ((await heldBy(kafka, [id])).length === 0) ids.push(id);
  if (ids.length === 0) return;
  yield `unregistering ${ids.map((id) => `broker ${id}`).join(', ')}, which the file no longer has`;
  await unregisterBrokers(kafka, ids);
}

async function untilSupported(
  kafka: FencedKafka,
  changes: readonly FeatureChange[],
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): Promise<void> {
  let why: string | undefined;
  try {
    await waitFor(
      'every node to support the features',
      async () => {
        why = await whyNotUpdated(kafka, changes);
        return why === undefined;
      },
      { deadlineMs: supportedWithinMs, intervalMs: 1_000, clock, signal },
    );
  } catch (error) {
    if (why === undefined) throw error;
    throw new KafkaHaError(
      'kafka-refused',
      `Kafka does not take ${changes.map(describeFeature).join(', ')}: ${why}`,
      {
        hint: 'A node that it names has to run the new version, or if it is gone for good and nothing is assigned to it, to be unregistered: kafka-cluster.sh unregister --id N.',
        details: [messageOf(error)],
        cause: error,
      },
    );
  }
}
