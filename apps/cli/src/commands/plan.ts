import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { markdown?: boolean };

/** `kafka-ha plan`: exits with 0 where there is nothing to do, 3 where something would change, 1 where it is refused. */
export function planCommand(run: Run): Command {
  return targetCommand('plan', 'show what deploy would change, restart and risk')
    .option('--markdown', 'as Markdown, for a pull request')
    .addHelpText('after', help)
    .action((_, self: Command) => plan(self.optsWithGlobals<Options>(), run));
}

async function plan(options: Options, { signal, outcome }: Run): Promise<void> {
  const { makePlan } = await import('@kafka-ha/operations');
  const { planMarkdown } = await import('@kafka-ha/report');
  const { planOutcome } = await import('@kafka-ha/planning');
  const { loadTarget } = await import('../load-target.ts');
  const { printPlan } = await import('../output/print-plan.ts');
  const made = await makePlan(await loadTarget(options, signal));
  if (options.json === true) process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
  else if (options.markdown === true) process.stdout.write(planMarkdown(made));
  else printPlan(made, process.stdout);
  outcome.exitCode = planExitCodes[planOutcome(made)];
}

const planExitCodes = {
  nothing: exitCodes.done,
  changes: exitCodes.changes,
  refused: exitCodes.failed,
} as const;

const help = `
Changes nothing. Exit codes: 0 nothing to do, 3 something would change, 1 refused.

  $ kafka-ha plan --json > plan.json && kafka-ha deploy --plan plan.json`;
