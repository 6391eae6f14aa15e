import { KafkaHaError, runStep, type Step, type StepEvent } from '@kafka-ha/base';
import { inMode, type Mode } from '@kafka-ha/config';
import {
  type Actor,
  awaitHealthy,
  type Cluster,
  type FencedCluster,
  lockStep,
  readMigration,
  withLease,
} from '@kafka-ha/cluster';
import {
  type Direction,
  type MigrationPlan,
  type MigrationStep,
  type Stage,
  modeAt,
  stageOf,
  stepsFrom,
  wayRefusal,
} from '@kafka-ha/planning';
import type { RollData } from '../roll/roll-component.ts';
import { refuse } from '../plan/refusal.ts';
import { readSizeRefusals } from '../scale/refusals.ts';
import { backSteps } from './back-steps.ts';
import { finalSteps } from './final-steps.ts';
import { forwardSteps } from './forward-steps.ts';
import type { Journey, Work } from './journey.ts';

export type MigrateOptions = {
  direction: Direction;
  /** The file of the backup of what ZooKeeper holds: written by the first step, and what the later ones compare with. */
  backup: string;
  /** A plan that somebody has approved: the way is gone only if it still begins and leads where that says. */
  reviewed?: MigrationPlan;
  actor: Actor;
};

/** From where to where the cluster has come; the mode is what its file has to say from now on. */
export type Migrated = { from: Stage; mode: Mode };

/** The mode that a way ends in. */
export const destinations: Readonly<Record<Direction, Mode>> = {
  forward: 'dual-write',
  back: 'zookeeper',
  finalize: 'kraft',
};

/**
 * Takes a cluster from ZooKeeper to KRaft, in three ways that are each begun on purpose: `forward` to where its brokers use
 * controllers that write to ZooKeeper as well, and there it stays; `back` from there, or from any step before; `finalize` to
 * controllers alone, from which nothing leads back. Which mode the file says does not matter: what is left to do follows from the
 * cluster, so whoever was stopped or killed runs the same again.
 *
 * @throws KafkaHaError `conflict` where it cannot go this way, or what the controllers hold is not what ZooKeeper holds;
 *   `invalid-usage`, `unhealthy`, `pod-failed`, `lock-held`, `deadline-exceeded`, `aborted`.
 */
export async function* migrate(
  cluster: Cluster,
  options: MigrateOptions,
): AsyncGenerator<StepEvent<RollData>, Migrated> {
  const { direction } = options;
  const mode = destinations[direction];
  const from = stageOf(await readMigration(cluster));
  refuseOther(cluster, options, from);
  const steps = stepsOf(from, direction);
  const titled = steps.map((id) => ({ id, title: titles[id] }));
  yield { kind: 'steps', steps: steps.length === 0 ? [checkStep] : [checkStep, lockStep, ...titled] };
  yield* runStep(checkStep.id, async function* () {
    return stageWords[from];
  });
  if (steps.length === 0) return { from, mode: modeAt(from) ?? mode };
  yield* withLease(cluster, { ...options, operation: 'migrate' }, async function* (locked, stopNow) {
    const journey = journeyOf(locked, { ...options, from, stopNow });
    // Whoever held the lock before may have taken it elsewhere.
    if (stageOf(await readMigration(locked)) !== from) throw wentElsewhere();
    refuse(await readSizeRefusals(journey.inMode('dual-write')));
    for (const step of steps) yield* runStep(step, () => workOf(direction, step)(journey));
  });
  return { from, mode };
}

function refuseOther({ kube, spec }: Cluster, { reviewed, direction }: MigrateOptions, from: Stage): void {
  if (reviewed === undefined) return;
  const { name, namespace, server } = reviewed.cluster;
  const isSame =
    name === spec.name &&
    namespace === spec.namespace &&
    server === kube.server &&
    reviewed.from === from &&
    reviewed.direction === direction;
  if (isSame) return;
  throw new KafkaHaError(
    'conflict',
    'The plan is of another cluster, or of another way, or the cluster has gone on since.',
    {
      details: [`planned: from ${reviewed.from} ${reviewed.direction}; now: from ${from} ${direction}`],
      hint: 'Make a new plan, review it, and go by that. Nothing was changed.',
    },
  );
}

/** @throws KafkaHaError `conflict` where it cannot go this way from there. */
export function stepsOf(stage: Stage, direction: Direction): readonly MigrationStep[] {
  const refusal = wayRefusal(stage, direction);
  if (refusal !== undefined)
    throw new KafkaHaError('conflict', refusal.why, { hint: `${refusal.hint} Nothing was changed.` });
  return stepsFrom(stage, direction) ?? [];
}

const checkStep: Step = { id: 'stage', title: 'See how far the cluster is' };

export const titles: Readonly<Record<MigrationStep, string>> = {
  backup: 'Check that it can begin, and write a backup of what ZooKeeper holds',
  controllers: 'Start the controllers',
  join: 'Restart the brokers so that the controllers know them, one at a time',
  copy: 'Have the controllers copy what ZooKeeper holds',
  switch: 'Restart the brokers so that they use the controllers, one at a time',
  compare: 'Compare the metadata',
  written: 'See that ZooKeeper has all that the controllers have decided',
  return: 'Restart the brokers so that they use ZooKeeper, one at a time',
  stop: 'Stop the controllers',
  'hand-over': 'Have a broker take over from the controllers',
  rejoin: 'Restart the brokers so that they forget the controllers, one at a time',
  clean: 'Remove what is left of the controllers',
  cut: 'Restart the controllers so that they forget ZooKeeper, one at a time',
  remove: 'Stop ZooKeeper',
  health: 'Check health',
};

export const stageWords: Readonly<Record<Stage, string>> = {
  absent: 'there is none',
  zookeeper: 'it uses ZooKeeper alone',
  provisioned: 'its controllers are there, and its brokers do not know them yet',
  migrating: 'its brokers use ZooKeeper, and its controllers take over from it',
  'dual-write': 'its brokers use the controllers, who write to ZooKeeper as well',
  finalizing: 'the last step has begun',
  kraft: 'it uses controllers alone',
  'going-back': 'it goes back to ZooKeeper, and something of the controllers is left',
};

function journeyOf(
  cluster: FencedCluster,
  { from, backup, stopNow }: Pick<MigrateOptions, 'backup'> & Pick<Journey, 'from' | 'stopNow'>,
): Journey {
  const inModeOf = (mode: Mode) => ({ ...cluster, spec: inMode(cluster.spec, mode) });
  return { from, inMode: inModeOf, backup, stopNow, found: {} };
}

function workOf(direction: Direction, step: MigrationStep): Work {
  const works: Partial<Record<MigrationStep, Work>> = {
    ...{ forward: forwardSteps, back: backSteps, finalize: finalSteps }[direction],
    health: ({ inMode }) => awaitHealthy(inMode(destinations[direction])),
  };
  const work = works[step];
  if (work === undefined) throw new KafkaHaError('internal', `there is no step ${step} ${direction}`);
  return work;
}

function wentElsewhere(): KafkaHaError {
  return new KafkaHaError('conflict', 'The cluster has been taken further by somebody else meanwhile.', {
    hint: 'Run this again: it goes on from where the cluster is now. Nothing was changed.',
  });
}
