import { readFile } from 'node:fs/promises';
import { KafkaHaError, messageOf } from '@kafka-ha/errors';
import { deploy as deployCluster } from '@kafka-ha/operations';
import type { Plan } from '@kafka-ha/planning';
import { actor } from '../actor.ts';
import { loadTarget } from '../load-target.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

/** `kafka-ha deploy`. */
export async function deploy(options: TargetOptions & { plan?: string }, { signal }: Run): Promise<void> {
  const reviewed = options.plan === undefined ? undefined : await readPlan(options.plan);
  const cluster = await loadTarget(options);
  await showProgress(
    deployCluster(cluster, { ...(reviewed && { reviewed }), actor: actor(), signal }),
    options,
  );
  const { name, namespace, brokers } = cluster.spec;
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ deployed: { name, namespace, brokers } }, null, 2)}\n`);
}

async function readPlan(file: string): Promise<Plan> {
  try {
    const plan = JSON.parse(await readFile(file, 'utf8')) as Plan;
    if (Array.isArray(plan.objects) && Array.isArray(plan.restarts)) return plan;
    throw new Error('it holds something else');
  } catch (error) {
    throw new KafkaHaError('invalid-usage', `${file} is no plan: ${messageOf(error)}`, {
      hint: `kafka-ha plan --json > ${file} writes one.`,
      cause: error,
    });
  }
}
