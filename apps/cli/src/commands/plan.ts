import { makePlan } from '@kafka-ha/operations';
import { planMarkdown, planOutcome } from '@kafka-ha/planning';
import { exitCodes } from '../exit-codes.ts';
import { loadTarget } from '../load-target.ts';
import { printPlan } from '../output/print-plan.ts';
import type { Run, TargetOptions } from '../program.ts';

/** `kafka-ha plan`: exits with 0 where there is nothing to do, 3 where something would change, 1 where it is refused. */
export async function plan(
  options: TargetOptions & { markdown?: boolean },
  { signal, outcome }: Run,
): Promise<void> {
  const made = await makePlan(await loadTarget(options), { signal });
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
