import { assess } from '@kafka-ha/health';
import { openKube } from '@kafka-ha/kube';
import { upLocalCluster } from '@kafka-ha/local-cluster';
import { deploy, readState } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSpec } from '../load-spec.ts';
import { colorsOf } from '../output/colors.ts';
import { printVerdict } from '../output/print-verdict.ts';
import { showProgress } from '../output/show-progress.ts';
import type { FileOptions, Run } from '../program.ts';

/** `kafka-ha quickstart`: a local Kubernetes, the cluster of the file on it, its health, and what to try next. */
export async function quickstart(
  options: FileOptions & { name: string },
  { signal, outcome }: Run,
): Promise<void> {
  const { file, environment, name } = options;
  const { bold, dim } = colorsOf(process.stdout);
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const { spec } = await loadSpec({ file, ...(environment === undefined ? {} : { environment }) });

  say(bold('\nA real Kubernetes on this machine'));
  const workers = Math.max(spec.brokers, spec.zookeeper.servers);
  const { kubeconfigPath } = await showProgress(
    upLocalCluster({ name, workers, provider: 'auto', signal }),
    {},
  );

  say(
    bold(
      `\n${spec.brokers} Kafka brokers and ${spec.zookeeper.servers} ZooKeeper servers on it, from ${file}`,
    ),
  );
  const cluster = { spec, kube: openKube({ kubeconfigPath }) };
  await showProgress(deploy(cluster, { actor: actor(), signal }), {});

  say('');
  const verdict = assess(spec, await readState(cluster, { signal }));
  printVerdict(spec, verdict, process.stdout);
  if (verdict.status !== 'healthy') outcome.exitCode = exitCodes.failed;

  say(`
${bold('What to try next')}
  export KUBECONFIG=${kubeconfigPath}
  npx kafka-ha validate -e ${environment ?? 'local'}        ${dim('the proof, and what it costs')}
  npx kafka-ha deploy -e ${environment ?? 'local'}          ${dim('again: nothing to change')}
  npx kafka-ha health -e ${environment ?? 'local'}          ${dim('read the cluster as it is now')}
  npx kafka-ha local down${name === 'kafka-ha' ? '' : ` --name ${name}`}               ${dim('stop it, leave nothing behind')}`);
}
