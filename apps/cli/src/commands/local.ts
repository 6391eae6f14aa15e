import { KafkaHaError } from '@kafka-ha/errors';
import { defaultImages, downLocalCluster, localClusterStatus, upLocalCluster } from '@kafka-ha/local-cluster';
import { exitCodes } from '../exit-codes.ts';
import { readyOf } from '../output/ready-of.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run } from '../program.ts';

type LocalOptions = { name: string; json?: boolean };
type UpOptions = LocalOptions & {
  workers: string;
  kafka?: string;
  zookeeper?: string;
  provider: 'auto' | 'kind' | 'namespaces';
};

/** `kafka-ha local up`: ends by saying how to reach the cluster. */
export async function up(options: UpOptions, { signal }: Run): Promise<void> {
  const workers = Number(options.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > 20)
    throw new KafkaHaError(
      'invalid-usage',
      `--workers takes a whole number from 1 to 20, not ${options.workers}`,
    );
  const { name, provider } = options;
  const images = {
    kafka: options.kafka?.split(',') ?? defaultImages.kafka,
    zookeeper: options.zookeeper?.split(',') ?? defaultImages.zookeeper,
  };
  const cluster = await showProgress(upLocalCluster({ name, workers, images, provider, signal }), options);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(cluster, null, 2)}\n`
      : `\nexport KUBECONFIG=${cluster.kubeconfigPath}\n`,
  );
}

/** `kafka-ha local down`. */
export async function down(options: LocalOptions, { signal }: Run): Promise<void> {
  await showProgress(downLocalCluster({ name: options.name, signal }), options);
}

/** `kafka-ha local status`: exits with 1 where the cluster does not run. */
export async function status(options: LocalOptions, { outcome }: Run): Promise<void> {
  const found = await localClusterStatus({ name: options.name });
  if (found.kind !== 'running') outcome.exitCode = exitCodes.failed;
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  switch (found.kind) {
    case 'absent':
      process.stdout.write(`there is no local cluster ${options.name}: kafka-ha local up starts one\n`);
      break;
    case 'broken':
      process.stdout.write(
        `${options.name} is broken: ${found.reason}\nkafka-ha local up mends it, local down removes it\n`,
      );
      break;
    case 'running':
      process.stdout.write(
        `${options.name} runs: ${readyOf(found.nodes)}\nexport KUBECONFIG=${found.kubeconfigPath}\n`,
      );
      break;
  }
}
