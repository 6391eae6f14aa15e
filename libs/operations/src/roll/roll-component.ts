import { abortedError, KafkaHaError, type Told, type Clock } from '@kafka-ha/base';
import type { PodState } from '@kafka-ha/health';
import { momentOf, type Moment } from '@kafka-ha/kube';
import {
  type MemberScene,
  nextStep,
  pausedTopics,
  type RollDecision,
  type RollStep,
} from '@kafka-ha/planning';
import type { Component } from '@kafka-ha/manifests';
import {
  type FencedCluster,
  lastingKafka,
  type LastingKafka,
  readMembers,
  readMemberScene,
  withSignal,
} from '@kafka-ha/cluster';
import { bringBack } from './bring-back.ts';
import { giveBackLeaders } from './elect-preferred-leaders.ts';
import type { Gate } from './gate.ts';
import { refusalOfPod } from './refusal-of-pod.ts';
import { evictPod, replacePod } from './replace-pod.ts';
import { notSpare } from './not-spare.ts';

export type RollLimits = {
  /** How long a pod's turn may be waited for, in milliseconds. */
  turnWithinMs?: number;
};

/** What one pod took, in milliseconds: to stop and be made again, to be ready, to be in sync. */
export type RolledPod = {
  pod: string;
  why: RollStep['why'];
  stopMs: number;
  startMs: number;
  catchUpMs: number;
};

/** What a roll tells a program while it runs. */
export type RollData =
  | { kind: 'stops'; pod: string; component: Component }
  | { kind: 'waits'; pod: string; reasons: readonly string[] }
  | { kind: 'restarted'; pod: RolledPod };

/** Longer than a broker takes that comes back by itself. */
const usualTurnWithinMs = 600_000;
const pollMs = 500;

/**
 * Replaces the pods of one component that are due, one at a time. Before each step everything is read from the cluster again,
 * and `nextStep` decides. Before a pod that is spare stops, a dry run asks whether Kubernetes would create it again; it is
 * evicted on a reading that is at most 5 s old, and waited for until it is ready and in sync. A broker then gets its
 * leaderships back. One that is not spare yet is waited for, for ten minutes at most.
 *
 * A pod that fails on a new revision is put back on the former one, and the roll stops.
 *
 * The cluster's signal stops it between two pods, one that is begun is brought back first; `stopNow` stops it at once, as
 * another operation may take over.
 *
 * @returns what each pod took, in order.
 * @throws KafkaHaError `pod-failed`, `deadline-exceeded` naming what the next pod waited for, `unhealthy` where no waiting
 *   would help, `aborted` at the end of the step that it was in.
 */
export async function* rollComponent(
  cluster: FencedCluster,
  component: Component,
  stopNow: AbortSignal,
  { turnWithinMs = usualTurnWithinMs }: RollLimits = {},
): AsyncGenerator<Told<RollData>, RolledPod[]> {
  // What is begun with a pod is ended: its successor is waited for also when somebody stops the roll.
  const unstopped = withSignal(cluster, stopNow);
  await using kafka = lastingKafka(unstopped);
  const rolled: RolledPod[] = [];
  const { clock } = cluster.kube;
  const { signal: stopSoon } = cluster;
  // Before the next one stops: else its partitions come on top, and each broker leads more than the one before.
  const leadAgain = async () => {
    if (component === 'kafka') await giveBackLeaders(await kafka.connection(), clock, stopSoon);
  };
  const read = async () => {
    const members = await readMembers(unstopped, component);
    if (members === undefined || members.due.size === 0) return undefined;
    return await readMemberScene(unstopped, component, members, kafka);
  };
  let waitingSince = clock.now();
  let told: string | undefined;
  for (;;) {
    if (stopSoon.aborted) throw stoppedAfter(rolled, stopSoon);
    const readAt = momentOf(clock);
    const scene = await read();
    if (scene === undefined) return rolled;
    const next = nextStep(scene);
    if (next.kind === 'replace') {
      const { pod } = next.step;
      yield `${pod.name} is stuck (${pod.waiting?.reason}): replacing it`;
      await replacePod(unstopped, pod);
    } else if (next.kind === 'await') {
      const { updateRevision: latest } = scene.statefulSet;
      const revisions = { former: revisionThatServes(scene) ?? latest, latest };
      yield* bringBack(unstopped, next.pod, revisions, kafka);
      await leadAgain();
    } else if (next.kind === 'done') {
      return rolled;
    } else if (next.kind === 'take') {
      const place = `${rolled.length + 1} of ${rolled.length + scene.due.size}`;
      const gate = { readAt, again: () => stillSpare(read, next.step, clock) };
      const taken = yield* takeTurn(unstopped, next.step, place, { scene, gate, kafka });
      // Something has changed while it was to be stopped: all is read anew.
      if (taken === undefined) continue;
      rolled.push(taken);
      yield { detail: `${taken.pod} is back`, data: { kind: 'restarted', pod: taken } };
      await leadAgain();
    } else {
      const why = describeWait(next);
      if (next.kind === 'refuse') throw notSpare([next]);
      if (clock.now() - waitingSince >= turnWithinMs) throw waitedTooLong(next, turnWithinMs);
      const data = { kind: 'waits', pod: next.step.pod.name, reasons: next.reasons } as const;
      if (why !== told) yield { detail: why, data };
      told = why;
      await clock.sleep(pollMs, stopSoon);
      continue;
    }
    waitingSince = clock.now();
    told = undefined;
  }
}

/** Whether this very pod is still the one to take. Returns when that was known. */
async function stillSpare(
  read: () => Promise<MemberScene | undefined>,
  { pod }: RollStep,
  clock: Clock,
): Promise<Moment | undefined> {
  const scene = await read();
  const next = scene === undefined ? undefined : nextStep(scene);
  return next?.kind === 'take' && next.step.pod.uid === pod.uid ? momentOf(clock) : undefined;
}

async function* takeTurn(
  cluster: FencedCluster,
  { pod, why }: RollStep,
  place: string,
  { scene, gate, kafka }: { scene: MemberScene; gate: Gate; kafka: LastingKafka },
): AsyncGenerator<Told<RollData>, RolledPod | undefined> {
  const { clock } = cluster.kube;
  const { updateRevision } = scene.statefulSet;
  const refusal = await refusalOfPod(cluster, pod, updateRevision);
  if (refusal !== undefined) throw notMade(pod, refusal);
  yield* pausedMeanwhile(scene, pod);
  const data = { kind: 'stops', pod: pod.name, component: pod.component } as const;
  yield { detail: `${pod.name} (${place}${reasons[why]}) stops`, data };
  const from = clock.now();
  if (!(yield* evictPod(cluster, pod, gate))) {
    yield `${pod.name} is not stopped: not everything else is in sync any more`;
    return undefined;
  }
  const stopMs = clock.now() - from;
  const revisions = { former: pod.revision, latest: updateRevision };
  const back = yield* bringBack(cluster, pod, revisions, kafka);
  return { pod: pod.name, why, stopMs, ...back };
}

function* pausedMeanwhile(scene: MemberScene, { ordinal }: PodState): Generator<string, void> {
  if (scene.kind !== 'brokers') return;
  const { topics, mayPause = new Set() } = scene.brokers;
  for (const { topic, why } of pausedTopics([ordinal], topics, mayPause)) yield `${topic} ${why}`;
}

const reasons: Record<RollStep['why'], string> = {
  stuck: ', it serves nobody',
  'not-ready': ', it serves nobody',
  follower: ', a follower',
  leader: ', the leader',
  broker: '',
  controller: ', the controller',
};

function notMade({ name }: PodState, { code, message, details, hint }: KafkaHaError): KafkaHaError {
  const text = `${message} ${name} was not stopped, because it would not come back.`;
  return new KafkaHaError(code, text, { details, ...(hint !== undefined && { hint }) });
}

/** A revision beside the latest on which a pod serves now. */
function revisionThatServes({ pods, statefulSet }: MemberScene): string | undefined {
  return pods.find(({ ready, revision }) => ready && revision !== statefulSet.updateRevision)?.revision;
}

type Waiting = Extract<RollDecision, { reasons: readonly string[] }>;

function describeWait({ step, reasons: [first, ...others] }: Waiting): string {
  return `${step.pod.name} waits: ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

function waitedTooLong({ step, reasons: details }: Waiting, turnWithinMs: number): KafkaHaError {
  return new KafkaHaError(
    'deadline-exceeded',
    `Waited ${turnWithinMs / 1000} s for the turn of ${step.pod.name}: not everything else is in sync.`,
    {
      details,
      hint: 'Run kafka-ha health to see what is wrong, then run this again: it continues where it stopped.',
    },
  );
}

function stoppedAfter(rolled: readonly RolledPod[], signal: AbortSignal): KafkaHaError {
  const { code, message, hint } = abortedError(signal);
  const last = rolled.at(-1);
  const where = last === undefined ? 'before the first pod' : `after ${last.pod}, which is back`;
  return new KafkaHaError(code, `${message} ${where}`, hint === undefined ? {} : { hint });
}
