import { deploy as deployCluster, readPlan } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { loadTarget } from '../load-target.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

export type DeployCommandOptions = TargetOptions & { plan?: string; deleteRecords?: boolean };

/** `kafka-ha deploy`. */
export async function deploy(options: DeployCommandOptions, { signal }: Run): Promise<void> {
  const reviewed = options.plan === undefined ? undefined : await readPlan(options.plan);
  const cluster = await loadTarget(options);
  await showProgress(
    deployCluster(cluster, {
      ...(reviewed && { reviewed }),
      deleteRecords: options.deleteRecords === true,
      actor: actor(),
      signal,
    }),
    options,
  );
  const { name, namespace, brokers } = cluster.spec;
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ deployed: { name, namespace, brokers } }, null, 2)}\n`);
}
