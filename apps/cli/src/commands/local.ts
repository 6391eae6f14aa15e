import { defaultKafka, defaultZookeeper, listOf, version, wholeNumber } from '@kafka-ha/config/values';
import { Option, type Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { newCommand, valueOption, type JsonOption, type Run } from '../options.ts';

type Options = JsonOption & { name: string };
type UpOptions = Options & {
  file?: string;
  environment?: string;
  workers?: number;
  kafka?: string[];
  zookeeper?: string[];
  provider: 'auto' | 'kind' | 'namespaces';
};

/** `kafka-ha local`. */
export function localCommand(run: Run): Command {
  return newCommand('local', 'a real Kubernetes cluster on this machine, for trying things out')
    .addCommand(upCommand(run))
    .addCommand(
      verb('down', 'stop it and remove everything but the cache').action((_, self: Command) =>
        down(self.optsWithGlobals<Options>(), run),
      ),
    )
    .addCommand(
      verb('status', 'show whether it runs, and how to reach it').action((_, self: Command) =>
        status(self.optsWithGlobals<Options>(), run),
      ),
    );
}

function upCommand(run: Run): Command {
  const upToTwenty = wholeNumber({ least: 1, most: 20 });
  const versions = listOf(version);
  const ofKafka = `Kafka versions to have images of, two for an upgrade (default: ${defaultKafka.zookeeper})`;
  const ofFile = 'have the nodes and the images that this cluster file needs';
  return verb('up', 'start it, building what is missing')
    .option('-f, --file <path>', ofFile)
    .option('-e, --environment <name>', 'environment of the cluster file')
    .addOption(valueOption('--workers <count>', 'worker nodes (default: 5)', upToTwenty))
    .addOption(valueOption('--kafka <versions>', ofKafka, versions))
    .addOption(
      valueOption(
        '--zookeeper <versions>',
        `ZooKeeper versions to have images of (default: ${defaultZookeeper})`,
        versions,
      ),
    )
    .addOption(
      new Option(
        '--provider <provider>',
        'kind if Docker is available, otherwise nodes made of Linux namespaces',
      )
        .choices(['auto', 'kind', 'namespaces'])
        .default('auto'),
    )
    .action((_, self: Command) => up(self.optsWithGlobals<UpOptions>(), run));
}

function verb(name: string, summary: string): Command {
  return newCommand(name, summary).option('--name <name>', 'name of the local cluster', 'kafka-ha');
}

/** Ends by saying how to reach the cluster. */
async function up(options: UpOptions, { signal }: Run): Promise<void> {
  const { defaultImages, upLocalCluster } = await import('@kafka-ha/local-cluster');
  const { showProgress } = await import('../output/show-progress.ts');
  const { name, provider, kafka, zookeeper } = options;
  const needed = await neededBy(options);
  const workers = options.workers ?? needed?.workers ?? defaultWorkers;
  const images = {
    kafka: kafka ?? needed?.images.kafka ?? defaultImages.kafka,
    zookeeper: zookeeper ?? needed?.images.zookeeper ?? defaultImages.zookeeper,
  };
  const cluster = await showProgress(upLocalCluster({ name, workers, images, provider, signal }), options);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(cluster, null, 2)}\n`
      : `\nexport KUBECONFIG=${cluster.kubeconfigPath}\n`,
  );
}

const defaultWorkers = 5;

async function neededBy({ file, environment }: UpOptions) {
  if (file === undefined) return undefined;
  const { loadSpec } = await import('../load-spec.ts');
  const { localClusterFor } = await import('@kafka-ha/local-cluster');
  const { spec } = await loadSpec({ file, ...(environment === undefined ? {} : { environment }) });
  return localClusterFor(spec);
}

async function down({ name, json }: Options, { signal }: Run): Promise<void> {
  const { downLocalCluster } = await import('@kafka-ha/local-cluster');
  const { showProgress } = await import('../output/show-progress.ts');
  await showProgress(downLocalCluster({ name, signal }), { json });
  if (json === true) process.stdout.write(`${JSON.stringify({ down: { name } }, null, 2)}\n`);
}

/** Exits with 1 where the cluster does not run. */
async function status({ name, json }: Options, { outcome }: Run): Promise<void> {
  const { localClusterStatus } = await import('@kafka-ha/local-cluster');
  const { readyOf } = await import('../output/ready-of.ts');
  const found = await localClusterStatus({ name });
  if (found.kind !== 'running') outcome.exitCode = exitCodes.failed;
  if (json === true) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  switch (found.kind) {
    case 'absent':
      process.stdout.write(`there is no local cluster ${name}; kafka-ha local up starts one\n`);
      break;
    case 'broken':
      process.stdout.write(
        `${name} is broken: ${found.reason}\nkafka-ha local up repairs it, local down removes it\n`,
      );
      break;
    case 'running':
      process.stdout.write(
        `${name} runs: ${readyOf(found.nodes)}\nexport KUBECONFIG=${found.kubeconfigPath}\n`,
      );
      break;
  }
}
