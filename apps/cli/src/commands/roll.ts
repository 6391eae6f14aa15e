import { brokerId } from '@kafka-ha/config/values';
import { KafkaHaError, type StepEvent } from '@kafka-ha/base';
import type { RollData, RolledPod, RollOptions } from '@kafka-ha/operations';
import type { Command } from 'commander';
import { actor } from '../actor.ts';
import { targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { restart?: boolean; broker?: number };

/** `kafka-ha roll`. */
export function rollCommand(run: Run): Command {
  return targetCommand('roll', 'restart changed pods, one at a time')
    .option('--restart', 'restart unchanged pods, too')
    .addOption(valueOption('--broker <id>', 'with --restart: only this broker', brokerId))
    .addHelpText('after', help)
    .action((_, self: Command) => roll(self.optsWithGlobals<Options>(), run));
}

async function roll(options: Options, { signal }: Run): Promise<void> {
  const restart = restartOf(options);
  const operations = await import('@kafka-ha/operations');
  const { loadTarget } = await import('../load-target.ts');
  const { showProgress } = await import('../output/show-progress.ts');
  const cluster = await loadTarget(options, signal);
  const rolled: RolledPod[] = [];
  const rolling = operations.roll(cluster, {
    ...(restart && { restart }),
    actor: actor(),
  });
  try {
    await showProgress(noting(rolling, rolled), options);
  } finally {
    // Also of a roll that stopped half-way.
    if (options.json === true) process.stdout.write(`${JSON.stringify({ rolled }, null, 2)}\n`);
  }
}

async function* noting(
  events: AsyncIterable<StepEvent<RollData>>,
  rolled: RolledPod[],
): AsyncGenerator<StepEvent<unknown>, void> {
  for await (const event of events) {
    if (event.kind === 'progress' && event.data?.kind === 'restarted') rolled.push(event.data.pod);
    yield event;
  }
}

function restartOf({ restart, broker }: Options): RollOptions['restart'] {
  if (broker === undefined) return restart === true ? 'all' : undefined;
  if (restart === true) return { broker };
  throw new KafkaHaError('invalid-usage', '--broker needs --restart', {
    hint: `Run kafka-ha roll --restart --broker ${broker} to restart that broker.`,
  });
}

const help = `
The servers that keep the metadata first, the one that leads last; then the brokers, last the one that is the controller, if
one is. A broker is restarted only when all replicas are in sync. A pod that fails on a new revision is put back on the
former one, and the roll stops.

Safe to run again: only pods that are still due are restarted. Ctrl-C ends it once the pod that is away is back.`;
