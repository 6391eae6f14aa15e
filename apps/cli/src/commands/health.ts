import type { Verdict } from '@kafka-ha/health';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

/** `kafka-ha health`: one reading, its verdict, an exit code that says the same. */
export function healthCommand(run: Run): Command {
  return targetCommand('health', 'read the live cluster and show what is wrong with it')
    .addHelpText('after', '\nExit codes: 0 healthy, 1 not healthy, 2 unknown.')
    .action((_, self: Command) => health(self.optsWithGlobals<TargetOptions>(), run));
}

async function health(options: TargetOptions, { signal, outcome }: Run): Promise<void> {
  const { assess } = await import('@kafka-ha/health');
  const { readState } = await import('@kafka-ha/cluster');
  const { loadTarget } = await import('../load-target.ts');
  const { printVerdict } = await import('../output/print-verdict.ts');
  const cluster = await loadTarget(options, signal);
  const verdict = assess(cluster.spec, await readState(cluster));
  if (options.json === true) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else printVerdict(cluster.spec, verdict, process.stdout);
  outcome.exitCode = healthExitCodes[verdict.status];
}

const healthExitCodes = {
  healthy: exitCodes.done,
  unhealthy: exitCodes.failed,
  unknown: exitCodes.unknown,
} as const satisfies Record<Verdict['status'], number>;
