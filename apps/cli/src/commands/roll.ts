import { KafkaHaError } from '@kafka-ha/errors';
import { roll as rollCluster, type RolledPod, type RollOptions } from '@kafka-ha/operations';
import { actor } from '../actor.ts';
import { loadTarget } from '../load-target.ts';
import { showProgress } from '../output/show-progress.ts';
import type { Run, TargetOptions } from '../program.ts';

export type RollCommandOptions = TargetOptions & { restart?: boolean; broker?: string };

/** `kafka-ha roll`. */
export async function roll(options: RollCommandOptions, { signal }: Run): Promise<void> {
  const restart = restartOf(options);
  const cluster = await loadTarget(options);
  const rolled: RolledPod[] = [];
  await showProgress(
    rollCluster(cluster, {
      ...(restart && { restart }),
      onRolled: (pod) => rolled.push(pod),
      actor: actor(),
      signal,
    }),
    options,
  );
  if (options.json === true) process.stdout.write(`${JSON.stringify({ rolled }, null, 2)}\n`);
}

function restartOf({ restart, broker }: RollCommandOptions): RollOptions['restart'] {
  if (broker === undefined) return restart === true ? 'all' : undefined;
  if (restart !== true)
    throw new KafkaHaError('invalid-usage', '--broker goes with --restart', {
      hint: `Say so if it is meant: kafka-ha roll --restart --broker ${broker}`,
    });
  if (!/^\d+$/.test(broker))
    throw new KafkaHaError('invalid-usage', `--broker takes a broker's id, such as 2, not ${broker}`);
  return { broker: Number(broker) };
}
