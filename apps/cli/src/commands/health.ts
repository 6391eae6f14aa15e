import type { State, Verdict } from '@kafka-ha/health';
import type { Cluster } from '@kafka-ha/cluster';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { probe?: boolean };

/** `kafka-ha health`: one reading, its verdict, an exit code that says the same. */
export function healthCommand(run: Run): Command {
  return targetCommand('health', 'read the live cluster and show what is wrong with it')
    .option(
      '--probe',
      'also try, from a pod of the cluster, whether the network enforces the NetworkPolicies',
    )
    .addHelpText('after', '\nExit codes: 0 healthy, 1 not healthy, 2 unknown.')
    .action((_, self: Command) => health(self.optsWithGlobals<Options>(), run));
}

async function health(options: Options, { signal, outcome }: Run): Promise<void> {
  const { assess } = await import('@kafka-ha/health');
  const { loadTarget } = await import('../load-target.ts');
  const { printVerdict } = await import('../output/print-verdict.ts');
  const cluster = await loadTarget(options, signal);
  const verdict = assess(cluster.spec, await read(cluster, options));
  if (options.json === true) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else printVerdict(cluster.spec, verdict, process.stdout);
  outcome.exitCode = healthExitCodes[verdict.status];
}

/** Two readings at a time. */
async function read(cluster: Cluster, { probe = false }: Options): Promise<State> {
  const { reading, readState, tryPolicies } = await import('@kafka-ha/cluster');
  if (!probe) return await readState(cluster);
  const [state, policies] = await Promise.all([readState(cluster), reading(() => tryPolicies(cluster))]);
  return { ...state, policies };
}

const healthExitCodes = {
  healthy: exitCodes.done,
  unhealthy: exitCodes.failed,
  unknown: exitCodes.unknown,
} as const satisfies Record<Verdict['status'], number>;
