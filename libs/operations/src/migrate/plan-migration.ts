import { readFile } from 'node:fs/promises';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import { readMigration, type Cluster } from '@kafka-ha/cluster';
import { inMode, type Mode } from '@kafka-ha/config';
import { components } from '@kafka-ha/manifests';
import {
  stageOf,
  stepsFrom,
  wayRefusal,
  type Direction,
  type MigrationPlan,
  type MigrationRefusal,
  type MigrationStep,
} from '@kafka-ha/planning';
import { readSizeRefusals } from '../scale/refusals.ts';
import { readForbidden, readStartRefusals } from './check-start.ts';
import { destinations, stageWords, titles } from './migrate.ts';

/** Reads everything and changes nothing. */
export async function planMigration(
  cluster: Cluster,
  { direction }: { direction: Direction },
): Promise<MigrationPlan> {
  const { kube, spec } = cluster;
  const { name, namespace } = spec;
  const from = stageOf(await readMigration(cluster));
  const refusal = wayRefusal(from, direction);
  const steps = (stepsFrom(from, direction) ?? []).map((id) => ({
    id,
    title: titles[id],
    restarts: restartsOf(id, spec.brokers, spec.controllers.servers),
  }));
  const inModeOf = (mode: Mode) => ({ ...cluster, spec: inMode(spec, mode) });
  const liveRefusals = async (): Promise<MigrationRefusal[]> => {
    if (steps.length === 0) return [];
    const [migrating, dualWrite] = [inModeOf('migrating'), inModeOf('dual-write')];
    const ofSize = await readSizeRefusals(dualWrite);
    if (from !== 'zookeeper' || direction !== 'forward') return ofSize;
    const forbidden = await readForbidden([migrating, dualWrite]);
    return [...ofSize, ...forbidden, ...(await readStartRefusals(inModeOf('zookeeper'), migrating))];
  };
  return {
    cluster: { name, namespace, server: kube.server },
    direction,
    from,
    stage: stageWords[from],
    to: destinations[direction],
    steps,
    estimateMs: steps.reduce((sum, { id, restarts }) => sum + restarts * restartMs(id) + pausesMs, 0),
    refusals: refusal === undefined ? await liveRefusals() : [refusal],
  };
}

/** Looks, comparisons, and waits for those that look once a second. */
const pausesMs = 5_000;

function restartsOf(step: MigrationStep, brokers: number, controllers: number): number {
  if (step === 'join' || step === 'switch' || step === 'return' || step === 'rejoin') return brokers;
  return step === 'cut' ? controllers : 0;
}

function restartMs(step: MigrationStep): number {
  return step === 'cut' ? components.controller.restartMs : components.kafka.restartMs;
}

/**
 * A plan that was written to a file as JSON.
 *
 * @throws KafkaHaError `invalid-usage` where the file cannot be read or holds something else.
 */
export async function readMigrationPlan(file: string): Promise<MigrationPlan> {
  try {
    const plan = JSON.parse(await readFile(file, 'utf8')) as Partial<MigrationPlan>;
    const isPlan =
      plan.direction !== undefined && plan.from !== undefined && plan.cluster?.server !== undefined;
    if (isPlan) return plan as MigrationPlan;
    throw new Error('it holds something else, or another version of kafka-ha wrote it');
  } catch (error) {
    throw new KafkaHaError('invalid-usage', `${file} is not a plan of a migration: ${messageOf(error)}`, {
      hint: `kafka-ha migrate --plan --json > ${file} writes one.`,
      cause: error,
    });
  }
}
