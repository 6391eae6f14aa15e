import { deploy as deployCluster } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { loadTarget } from '../load-target.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

/** `kafka-ha deploy`. */
export async function deploy(options: TargetOptions, { signal }: Run): Promise<void> {
  const cluster = await loadTarget(options);
  await showProgress(deployCluster(cluster, { actor: actor(), signal }), options);
  const { name, namespace, brokers } = cluster.spec;
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ deployed: { name, namespace, brokers } }, null, 2)}\n`);
}
