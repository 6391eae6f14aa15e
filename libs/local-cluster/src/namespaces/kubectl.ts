import { kubeconfigPath } from '../paths.ts';
import { runCommand, type CommandOptions, type StepContext } from '../run-command.ts';
import { nodeName } from './kubeadm-config.ts';
import { rootOf } from './node.ts';

/** Runs kubectl as the cluster's administrator: the control plane's own, whatever has become of the cache. */
export async function kubectl(
  name: string,
  context: Pick<StepContext, 'log' | 'signal'>,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return runCommand(context, [...(await kubectlInNamespaces(name)), ...args], options);
}

export async function kubectlInNamespaces(name: string): Promise<[string, ...string[]]> {
  const program = `${await rootOf(name, nodeName(0))}/usr/local/bin/kubectl`;
  return [program, '--kubeconfig', kubeconfigPath(name)];
}
