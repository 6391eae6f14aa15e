import { assess, type Verdict } from '@kafka-ha/health';
import { readState } from '@kafka-ha/operations';
import { exitCodes } from '../exit-codes.ts';
import { loadTarget } from '../load-target.ts';
import { printVerdict } from '../output/print-verdict.ts';
import type { Run, TargetOptions } from '../program.ts';

/** `kafka-ha health`: one reading, its verdict, an exit code that says the same. */
export async function health(options: TargetOptions, { signal, outcome }: Run): Promise<void> {
  const cluster = await loadTarget(options);
  const verdict = assess(cluster.spec, await readState(cluster, { signal }));
  if (options.json === true) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else printVerdict(cluster.spec, verdict, process.stdout);
  outcome.exitCode = exitCodeOf(verdict);
}

function exitCodeOf({ status }: Verdict) {
  switch (status) {
    case 'healthy':
      return exitCodes.done;
    case 'unhealthy':
      return exitCodes.failed;
    case 'unknown':
      return exitCodes.unknown;
  }
}
