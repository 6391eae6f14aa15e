import { readFile } from 'node:fs/promises';
import { KafkaHaError, messageOf } from '@kafka-ha/errors';
import type { Plan } from '@kafka-ha/planning';

/**
 * A plan that was written to a file as JSON.
 *
 * @throws KafkaHaError `invalid-usage` where the file cannot be read or holds something else.
 */
export async function readPlan(file: string): Promise<Plan> {
  try {
    const plan = JSON.parse(await readFile(file, 'utf8')) as Plan;
    const lists = [plan.objects, plan.restarts, plan.resizes];
    if (lists.every((list) => Array.isArray(list))) return plan;
    throw new Error('it holds something else');
  } catch (error) {
    throw new KafkaHaError('invalid-usage', `${file} is no plan: ${messageOf(error)}`, {
      hint: `kafka-ha plan --json > ${file} writes one.`,
      cause: error,
    });
  }
}
