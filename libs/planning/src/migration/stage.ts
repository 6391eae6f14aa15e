import type { Mode } from '@kafka-ha/config';

/** Whom a node's configuration has it use: ZooKeeper, ZooKeeper while controllers take over from it, or controllers. */
export type NodeKind = 'zookeeper' | 'migrating' | 'kraft';

/** What tells how far a cluster is on its way from ZooKeeper to KRaft. Null: there is no such StatefulSet. */
export type MigrationFacts = {
  /** By the template of their StatefulSet. */
  brokers: NodeKind | null;
  /** By the configuration of each pod. */
  brokerPods: readonly { id: number; kind: NodeKind }[];
  /** `migrating`: with the flag of the migration; `kraft`: without. */
  controllers: 'migrating' | 'kraft' | null;
  zookeeper: 'there' | null;
  /** How many volumes of controllers there are, with or without their pods. */
  controllerVolumes: number;
  /** Since when it is on its way, ISO 8601. */
  since: string | undefined;
  /** Whether the last step has begun. */
  isFinalizing: boolean;
  /** The id that the cluster has from ZooKeeper; undefined for one that was never on its way. */
  zookeeperId: string | undefined;
};

/** `provisioned`: controllers wait for the brokers; `going-back`: they are gone again, and not all that they left is. */
export type Stage =
  'absent' | 'zookeeper' | 'provisioned' | 'migrating' | 'dual-write' | 'finalizing' | 'kraft' | 'going-back';

/**
 * How far a cluster is. Once an active controller has run without the flag there is no way back, and nothing tells that from outside:
 * so it counts as soon as that has begun.
 */
export function stageOf(facts: MigrationFacts): Stage {
  const { brokers, controllers, zookeeper, controllerVolumes, since, isFinalizing } = facts;
  switch (brokers) {
    case null:
      return 'absent';
    case 'zookeeper':
      if (controllers !== null) return 'provisioned';
      if (
        controllerVolumes > 0 ||
        since !== undefined ||
        facts.brokerPods.some(({ kind }) => kind !== 'zookeeper')
      )
        return 'going-back';
      // The id is written down before there is a controller, and goes with what else the controllers had.
      return facts.zookeeperId === undefined ? 'zookeeper' : 'provisioned';
    case 'migrating':
      return controllers === null ? 'going-back' : 'migrating';
    case 'kraft':
      if (isFinalizing || (controllers === 'kraft' && zookeeper !== null)) return 'finalizing';
      return controllers === 'migrating' ? 'dual-write' : 'kraft';
  }
}

/** The mode that the cluster file has at a stage at which a deployment is possible. */
export function modeAt(stage: Stage): Mode | undefined {
  return stage === 'zookeeper' || stage === 'migrating' || stage === 'dual-write' || stage === 'kraft'
    ? stage
    : undefined;
}

/** Whether a cluster has left ZooKeeper for good. What it had there is kept until somebody deletes it. */
export function hasMigrated({ zookeeperId, since, zookeeper }: MigrationFacts): boolean {
  return zookeeperId !== undefined && since === undefined && zookeeper === null;
}

/** Where a migration is to go: to the brokers' use of controllers, back to ZooKeeper alone, or on to controllers alone. */
export type Direction = 'forward' | 'back' | 'finalize';

export type MigrationStep = (typeof migrationSteps)[Direction][number];

/** What is done from a stage on; each step is passed over where it is done already. Undefined: it cannot go there from it. */
export function stepsFrom(stage: Stage, direction: Direction): readonly MigrationStep[] | undefined {
  const first = firstSteps[direction][stage];
  if (first === undefined) return undefined;
  if (stage === 'zookeeper' && direction === 'back') return [first as MigrationStep];
  const steps: readonly MigrationStep[] = migrationSteps[direction];
  return first === 'nothing' ? [] : steps.slice(steps.indexOf(first));
}

export const migrationSteps = {
  forward: ['backup', 'controllers', 'join', 'copy', 'switch', 'compare', 'health'],
  // Compared before a broker restarts on ZooKeeper alone, and before the controllers' volumes go: they have it all once more.
  back: ['written', 'return', 'stop', 'hand-over', 'compare', 'rejoin', 'health', 'clean'],
  finalize: ['compare', 'cut', 'remove', 'health'],
} as const;

const firstSteps: Record<Direction, Partial<Record<Stage, MigrationStep | 'nothing'>>> = {
  forward: {
    zookeeper: 'backup',
    provisioned: 'backup',
    migrating: 'join',
    'dual-write': 'switch',
    kraft: 'nothing',
  },
  back: {
    // What an earlier one may have left in ZooKeeper.
    zookeeper: 'hand-over',
    provisioned: 'stop',
    migrating: 'written',
    'dual-write': 'written',
    'going-back': 'hand-over',
  },
  finalize: { 'dual-write': 'compare', finalizing: 'cut', kraft: 'nothing' },
};

/** Why a migration cannot go this way from a stage, with what to do; undefined: it can. */
export function wayRefusal(stage: Stage, direction: Direction): { why: string; hint: string } | undefined {
  if (stepsFrom(stage, direction) !== undefined) return undefined;
  if (stage === 'absent')
    return { why: 'There is no such cluster.', hint: 'Deploy it first: kafka-ha deploy.' };
  if (stage === 'finalizing' || stage === 'kraft')
    return {
      why:
        stage === 'kraft'
          ? 'The cluster keeps its metadata in controllers alone: there is no way back from that.'
          : 'The last step of the migration has begun: there is no way back any more.',
      hint: stage === 'kraft' ? 'Nothing is left to do.' : 'Run kafka-ha migrate --finalize, which goes on.',
    };
  if (stage === 'going-back')
    return {
      why: 'A way back to ZooKeeper has begun and is not over: something that its controllers wrote is still there.',
      hint: 'Run kafka-ha migrate --back, which removes it.',
    };
  return {
    why: `The cluster is not in mode dual-write yet, but ${stage}.`,
    hint: 'Run kafka-ha migrate first, and --finalize when you are satisfied with what it has made.',
  };
}
