import { randomBytes } from 'node:crypto';
import { isKafkaHaError, KafkaHaError, messageOf, runStep, type StepEvent } from '@kafka-ha/base';
import {
  awaitHealthy,
  type Cluster,
  type FencedCluster,
  lockStep,
  openKafka,
  readPods,
  withLease,
  withSignal,
} from '@kafka-ha/cluster';
import { deleteTopics } from '@kafka-ha/kafka';
import { benchTopic } from '../bench/bench-topic.ts';
import { removeGuests } from '../guest/run-guest.ts';
import { drillTopic } from './drill-topic.ts';
import { faultOf, undoFaults } from './faults/faults.ts';
import { describeOutcome } from '@kafka-ha/report';
import type { DrillOptions, PlannedDrill } from './drill-options.ts';
import { type DrillData, runDrill } from './run-drill.ts';
import { refuseLoad } from './workload/refuse-load.ts';

const healthyBeforeMs = 60_000;
const cleaningMs = 60_000;

/**
 * Breaks a healthy cluster on purpose, in one way after the other, under a steady load of the drill's own, and judges
 * each time what users would have felt and whether anything was lost. What an earlier drill has left is removed first,
 * and everything at the end. A drill that cannot be judged is told as such; the drills end where the cluster does not
 * become healthy again.
 *
 * @throws KafkaHaError `invalid-usage` for a fault that this cluster does not allow, or a load that cannot be judged, `unhealthy`, `lock-held`.
 */
export async function* drill(
  cluster: Cluster,
  options: DrillOptions,
): AsyncGenerator<StepEvent<DrillData>, void> {
  refuseWhatIsNotPromised(cluster, options);
  refuseLoad(options.load, options.durationMs);
  const drills = options.drills.map((planned, index) => ({
    ...planned,
    id: `drill-${index + 1}`,
    title: `${planned.fault}: ${faultOf(cluster.spec, planned.fault).title}`,
  }));
  yield {
    kind: 'steps',
    steps: [
      lockStep,
      { id: 'check', title: 'Check that the cluster is healthy' },
      ...drills.map(({ id, title }) => ({ id, title })),
      { id: 'clean', title: 'Remove the load and its topic' },
    ],
  };
  yield* withLease(cluster, { ...options, operation: 'drill' }, async function* (cluster) {
    yield* runStep('check', () => prepare(cluster, options));
    try {
      for (const { id, ...planned } of drills) yield* oneDrill(cluster, id, planned, options);
    } catch (error) {
      await clean(cluster).catch(() => undefined);
      throw error;
    }
    yield* cleanAfterwards(cluster);
  });
}

async function* oneDrill(
  cluster: FencedCluster,
  id: string,
  planned: PlannedDrill,
  options: DrillOptions,
): AsyncGenerator<StepEvent<DrillData>, void> {
  const { outcome, healed } = yield* runStep(
    id,
    async function* () {
      const run = yield* runDrill(cluster, planned, {
        ...options,
        topic: options.topic ?? {},
        runId: randomBytes(4).toString('hex'),
      });
      await options.onOutcome(run.outcome);
      return run;
    },
    (run) => describeOutcome(run.outcome),
  );
  if (!healed)
    throw new KafkaHaError('unhealthy', `the cluster did not become healthy again after ${planned.fault}`, {
      details: outcome.verdict.reasons,
      hint: 'Run kafka-ha health to see what is wrong. No further drill was run.',
    });
}

async function* prepare(cluster: FencedCluster, { nodes }: DrillOptions): AsyncGenerator<string, string> {
  yield 'removing what an earlier drill left behind';
  await undoFaults({ cluster, pods: await readPods(cluster), nodes });
  await removeGuests(cluster, 'drill');
  await removeGuests(cluster, 'bench');
  return yield* awaitHealthy(cluster, { deadlineMs: healthyBeforeMs });
}

/** Not stopped by the caller's signal: nothing of a drill is to stay behind. */
async function clean(cluster: FencedCluster): Promise<void> {
  const unstopped = withSignal(cluster, AbortSignal.timeout(cleaningMs));
  await removeGuests(unstopped, 'drill');
  await removeGuests(unstopped, 'bench');
  await using kafka = await openKafka(unstopped);
  await deleteTopics(kafka, [drillTopic, benchTopic]);
}

async function* cleanAfterwards(cluster: FencedCluster): AsyncGenerator<StepEvent, void> {
  try {
    yield* runStep('clean', async function* () {
      await clean(cluster);
    });
  } catch (error) {
    if (!isKafkaHaError(error)) throw error;
    const message = `not everything could be removed: ${messageOf(error)}`;
    yield { kind: 'warning', message, hint: 'The next drill removes it.' };
  }
}

function refuseWhatIsNotPromised({ spec }: Cluster, { drills, nodes }: DrillOptions): void {
  for (const name of new Set(drills.map(({ fault }) => fault))) {
    const { brokersAway, breaksNodes } = faultOf(spec, name);
    if (brokersAway > spec.tolerance)
      throw new KafkaHaError(
        'invalid-usage',
        `${name} takes ${brokersAway} brokers at once, but the tolerance of the file is ${spec.tolerance}`,
        { hint: `Leave it out, or raise \`tolerance\` in the cluster file.` },
      );
    if (breaksNodes && nodes === undefined)
      throw new KafkaHaError(
        'invalid-usage',
        `${name} breaks a whole node, which this cluster does not allow`,
        {
          hint: 'These drills need a local cluster made of namespaces: kafka-ha local up.',
        },
      );
  }
}
