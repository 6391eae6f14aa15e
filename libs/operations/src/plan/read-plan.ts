import { readFile } from 'node:fs/promises';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { Plan } from '@kafka-ha/planning';

/**
 * A plan that was written to a file as JSON.
 *
 * @throws KafkaHaError `invalid-usage` where the file cannot be read or holds something else.
 */
export async function readPlan(file: string): Promise<Plan> {
  try {
    const plan: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isPlan(plan)) return plan;
    throw new Error('it holds something else, or another version of kafka-ha wrote it');
  } catch (error) {
    throw new KafkaHaError('invalid-usage', `${file} is not a plan: ${messageOf(error)}`, {
      hint: `kafka-ha plan --json > ${file} writes one.`,
      cause: error,
    });
  }
}

/** All that a comparison with another plan and a text of it look at. */
function isPlan(plan: unknown): plan is Plan {
  if (!isMap(plan)) return false;
  const { cluster, health, losses, estimateMs } = plan;
  const lists = ['deletions', 'objects', 'keys', 'topics', 'resizes', 'restarts', 'obstacles'];
  return (
    isMap(cluster) &&
    ['name', 'namespace', 'server', 'context'].every((key) => typeof cluster[key] === 'string') &&
    lists.every((key) => Array.isArray(plan[key])) &&
    isMap(health) &&
    isMap(losses) &&
    typeof estimateMs === 'number'
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
