import { join } from 'node:path';
import type { NamespacesState } from '../cluster-state.ts';
import { kubeconfigPath } from '../paths.ts';
import { runCommand, type CommandOptions, type Job } from '../run-command.ts';

/** Runs kubectl of the cluster's own version as its administrator. */
export async function kubectl(
  name: string,
  { builds }: NamespacesState,
  job: Pick<Job, 'log' | 'signal'>,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const program = join(builds.programs, 'kubectl');
  return runCommand(job, [program, '--kubeconfig', kubeconfigPath(name), ...args], options);
}
