import { KafkaHaError, runStep, waitTelling, type Look, type Step, type StepEvent } from '@kafka-ha/base';
import { hasControllers } from '@kafka-ha/config';
import {
  type Actor,
  allowFormatting,
  type Cluster,
  type ControllerLoss,
  endFormatting,
  type FencedCluster,
  lockStep,
  readControllerLoss,
  readPods,
  withLease,
  withSignal,
} from '@kafka-ha/cluster';
import { findPod, findsVolumeEmpty, type PodState } from '@kafka-ha/health';
import { waitForPod } from '@kafka-ha/kube';
import { components, names, podNameOf, quorumComponentOf } from '@kafka-ha/manifests';
import { replacePod } from '../roll/replace-pod.ts';

export type RebuildOptions = {
  /** Which controller has lost its volume, by its pod's ordinal. */
  controller: number;
  actor: Actor;
};

/** A pod that has just been made again, and then an election, and the ten seconds in which it waits to be named. */
const foundWithinMs = 120_000;
const readyWithinMs = 300_000;
/** Of a few MiB of metadata. */
const wholeWithinMs = 300_000;
const pollMs = 1_000;

function rebuildSteps(ordinal: number): Step[] {
  return [
    lockStep,
    {
      id: 'check',
      title: `Check that the others have everything and that the volume of controller ${ordinal} is empty`,
    },
    { id: 'format', title: 'Format the volume' },
    { id: 'copy', title: 'Copy the metadata from the active controller' },
  ];
}

/**
 * Gives back to the quorum a controller whose volume is lost: formats the empty one, once a majority without it is seen to have all
 * that was ever decided, and waits until it has copied that. Safe to run again after any end: one that is formatted already is only waited
 * for, and is not allowed to be formatted again.
 *
 * @throws KafkaHaError `invalid-usage` where the cluster has no such controller, `conflict` where something that was decided may
 *   be on the lost volume alone, or nothing tells that it is empty, `pod-failed`, `deadline-exceeded`, `lock-held`, `aborted`.
 */
export async function* rebuild(
  cluster: Cluster,
  { controller: ordinal, ...options }: RebuildOptions,
): AsyncGenerator<StepEvent, void> {
  refuseNone(cluster, ordinal);
  yield { kind: 'steps', steps: rebuildSteps(ordinal) };
  const pod = podNameOf(cluster.spec, 'controller', ordinal);
  yield* withLease(cluster, { ...options, operation: 'rebuild' }, async function* (cluster, stopNow) {
    const found = yield* runStep(
      'check',
      () => untilFound(cluster, ordinal),
      ({ kind }) => (kind === 'empty' ? 'they have, and it is' : 'it is formatted already'),
    );
    yield* runStep('format', async function* () {
      if (found.kind !== 'empty') return 'nothing to format';
      await allowFormatting(cluster, pod);
      // The one that waits sees it only after a minute, and may be kept from starting for longer.
      yield `${pod} starts again`;
      await replacePod(withSignal(cluster, stopNow), found.pod);
      yield* waitForPod(cluster.kube, {
        namespace: cluster.spec.namespace,
        name: pod,
        deadlineMs: readyWithinMs,
        container: 'controller',
        statefulSet: names(cluster.spec).controller,
        signal: cluster.signal,
      });
      return `${pod} is formatted, and runs`;
    });
    yield* runStep('copy', async function* () {
      yield* untilWhole(cluster, ordinal);
      await endFormatting(cluster);
      return `controller ${ordinal} has all that the active one has`;
    });
  });
}

function refuseNone({ spec }: Cluster, ordinal: number): void {
  if (!hasControllers(spec.mode)) {
    const { noun, system } = components[quorumComponentOf(spec)];
    const why = `${spec.name} keeps its metadata in ${system}, not in controllers`;
    throw new KafkaHaError('invalid-usage', why, {
      hint: `A ${noun} that has lost its data copies it from the leader by itself.`,
    });
  }
  const { servers } = spec.controllers;
  if (ordinal < servers) return;
  throw new KafkaHaError('invalid-usage', `there is no controller ${ordinal}`, {
    hint: `${spec.name} has controllers 0 to ${servers - 1}.`,
  });
}

type Found = { kind: 'formatted' } | { kind: 'empty'; pod: PodState };

/** Waits out what passes by itself: an election, a pod that is just being made. What is found is told while it does. */
async function* untilFound(cluster: FencedCluster, ordinal: number): AsyncGenerator<string, Found> {
  const look = async (): Promise<Look<Found>> => {
    const loss = await readControllerLoss(cluster, ordinal);
    if (loss.answers) return { found: { kind: 'formatted' } };
    const pods = await readPods(cluster);
    const pod = findPod(pods, 'controller', ordinal);
    const why = whyNot(loss, pod, ordinal);
    if (why === undefined && pod !== undefined) return { found: { kind: 'empty', pod } };
    return { missing: `waiting: ${why}`, late: () => refused(loss, pod, ordinal) };
  };
  const { clock } = cluster.kube;
  return yield* waitTelling(look, {
    deadlineMs: foundWithinMs,
    intervalMs: pollMs,
    signal: cluster.signal,
    clock,
  });
}

function whyNot(
  { othersLack }: ControllerLoss,
  pod: PodState | undefined,
  ordinal: number,
): string | undefined {
  if (othersLack !== undefined) return othersLack;
  if (pod === undefined) return `controller ${ordinal} has no pod`;
  return findsVolumeEmpty(pod)
    ? undefined
    : `${pod.name} does not serve, nor does it say that its volume is empty`;
}

function refused(loss: ControllerLoss, pod: PodState | undefined, ordinal: number): KafkaHaError {
  const message = `The volume of controller ${ordinal} is not formatted: ${whyNot(loss, pod, ordinal)}.`;
  const hint =
    loss.othersLack === undefined
      ? 'Run kafka-ha health to see what keeps the pod from starting, and this again once that is removed.'
      : 'Something that the cluster has acknowledged may be on that volume alone. Bring the other controllers back first, or the volume.';
  return new KafkaHaError('conflict', message, { hint });
}

async function* untilWhole(cluster: FencedCluster, ordinal: number): AsyncGenerator<string, void> {
  const late = () =>
    new KafkaHaError(
      'deadline-exceeded',
      `Waited ${wholeWithinMs / 1000} s for controller ${ordinal} to have all that the active one has.`,
      {
        hint: 'Run kafka-ha health to see what is wrong, then run this again: it continues where it stopped.',
      },
    );
  const look = async (): Promise<Look<void>> => {
    const { isWhole } = await readControllerLoss(cluster, ordinal);
    if (isWhole) return { found: undefined };
    return { missing: `controller ${ordinal} copies the metadata`, late };
  };
  const { clock } = cluster.kube;
  yield* waitTelling(look, { deadlineMs: wholeWithinMs, intervalMs: pollMs, signal: cluster.signal, clock });
}
