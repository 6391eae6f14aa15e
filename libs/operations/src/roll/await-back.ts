import { count, isKafkaHaError, KafkaHaError, waitTelling, type Look } from '@kafka-ha/base';
import type { PodState } from '@kafka-ha/health';
import { readCluster, readTopics } from '@kafka-ha/kafka';
import { getObject, waitForPod, type Pod } from '@kafka-ha/kube';
import { names } from '@kafka-ha/manifests';
import { type Cluster, containerOf, type LastingKafka, quorumOf, podRef } from '@kafka-ha/cluster';
import { logRecoveryOf } from './log-recovery.ts';

/** A broker without logs to recover is ready some seconds after its container starts. */
const readyWithinMs = 300_000;
/** Without any headway, at the least; a broker that missed more gets three times what the sizing says that it takes. */
const inSyncWithinMs = 300_000;
const pollMs = 300;

export type Member = Pick<PodState, 'name' | 'ordinal' | 'component'>;

/** How long each part of a pod's return took, in milliseconds. */
export type Return = { startMs: number; catchUpMs: number };

/**
 * Waits until a pod is ready and as good as it was: a broker in every ISR again, a server of the quorum serving with all
 * others in sync. Log recovery takes as long as it takes.
 *
 * @throws KafkaHaError `pod-failed` or `deadline-exceeded` where it does not come back.
 */
export async function* awaitBack(
  cluster: Cluster,
  member: Member,
  kafka: LastingKafka,
): AsyncGenerator<string, Return> {
  const { kube, spec, signal } = cluster;
  const { name, component } = member;
  const from = kube.clock.now();
  yield* waitForPod(kube, {
    namespace: spec.namespace,
    name,
    deadlineMs: readyWithinMs,
    container: component,
    statefulSet: names(spec)[component],
    ...(component === 'kafka' && { busyWith: logRecoveryOf(cluster) }),
    signal,
  });
  const readyAt = kube.clock.now();
  const missing: Missing =
    component === 'kafka' ? missingFromIsr(kafka, member) : () => quorumOf(cluster, component).whyNotWhole();
  const catchUp = 3_000 * spec.sizing.catchUp.afterRestartSeconds;
  yield* untilNothingIsMissing(cluster, member, missing, Math.max(inSyncWithinMs, catchUp));
  return { startMs: readyAt - from, catchUpMs: kube.clock.now() - readyAt };
}

/** What a member still lacks, as sentence parts that follow on its name; none: it is back. */
type Missing = () => Promise<readonly string[]>;

async function* untilNothingIsMissing(
  { kube, spec, signal }: Cluster,
  member: Member,
  missing: Missing,
  deadlineMs: number,
): AsyncGenerator<string, void> {
  const { name } = member;
  let fewest = Infinity;
  const late = (left: readonly string[]) =>
    new KafkaHaError('deadline-exceeded', `Waited ${deadlineMs / 1000} s for ${name} to catch up.`, {
      details: left.map((each) => `${name} ${each}`),
    });
  const look = async (): Promise<Look<void>> => {
    const left = await missing();
    const hasHeadway = left.length < fewest;
    fewest = Math.min(fewest, left.length);
    const pod = await getObject<Pod>(kube, podRef(spec, name), { signal });
    refuseRestarted(member, pod);
    if (left.length === 0) return { found: undefined };
    return {
      missing: `${name} ${left[0]}${left.length > 1 ? ` and ${left.length - 1} more` : ''}`,
      late: () => late(left),
      // To give up would be to start anew from further behind.
      time: hasHeadway ? 'begins anew' : undefined,
    };
  };
  yield* waitTelling(look, { deadlineMs, intervalMs: pollMs, signal, clock: kube.clock });
}

/** Ready for a moment and then dead, as one that runs out of memory: that is no return. */
export function refuseRestarted(
  { name, component }: Pick<Member, 'name' | 'component'>,
  pod: Pod | undefined,
): void {
  const container = containerOf(component, pod?.status);
  const ended = container?.lastState?.terminated;
  if (container === undefined || container.restartCount < 2 || ended === undefined) return;
  throw new KafkaHaError(
    'pod-failed',
    `Pod ${name} was ready and ended again: exit code ${ended.exitCode} (${ended.reason ?? 'Error'}), ${count(container.restartCount, 'restart')}.`,
  );
}

/** A broker that has just started may know of nobody, not even of itself: such an answer counts as not registered. */
function missingFromIsr(kafka: LastingKafka, { ordinal: id }: Member): Missing {
  return async () => {
    try {
      const connection = await kafka.connection();
      const { brokers } = await readCluster(connection);
      if (!brokers.some((broker) => broker.id === id)) return ['is not registered'];
      const topics = await readTopics(connection);
      return topics.flatMap((topic) =>
        topic.partitions
          .filter(
            ({ leader, replicas, isr }) => leader !== null && replicas.includes(id) && !isr.includes(id),
          )
          .map(({ partition }) => `is not in sync for ${topic.name}-${partition}`),
      );
    } catch (error) {
      if (isKafkaHaError(error) && error.code === 'kafka-unreachable') return ['waits for Kafka to answer'];
      throw error;
    }
  };
}
