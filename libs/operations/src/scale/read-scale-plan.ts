import { readFile } from 'node:fs/promises';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { ScalePlan } from '@kafka-ha/planning';

/**
 * A plan of `scalePlan` that was written to a file as JSON.
 *
 * @throws KafkaHaError `invalid-usage` where the file cannot be read or holds something else.
 */
export async function readScalePlan(file: string): Promise<ScalePlan> {
  try {
    const plan = JSON.parse(await readFile(file, 'utf8')) as Partial<ScalePlan> | null;
    const { brokers, replicationFactor, minInSync, tolerance, moves, deletions } = plan ?? {};
    const figures = [brokers?.from, brokers?.to, replicationFactor?.from, replicationFactor?.to];
    const all = [...figures, minInSync, tolerance, moves?.movedBytes];
    if (all.every((figure) => typeof figure === 'number') && Array.isArray(deletions))
      return plan as ScalePlan;
    throw new Error('it holds something else');
  } catch (error) {
    throw new KafkaHaError('invalid-usage', `${file} is not a plan of a scale: ${messageOf(error)}`, {
      hint: 'kafka-ha scale --plan --json, or the input write-to of the scale action, writes one.',
      cause: error,
    });
  }
}
