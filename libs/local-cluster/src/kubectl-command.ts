import { KafkaHaError } from '@kafka-ha/base';
import { readState } from './cluster-state.ts';
import { kubectlInKind } from './kind/kind-commands.ts';
import { kubectlInNamespaces } from './namespaces/kubectl.ts';

/**
 * The program and first arguments of a kubectl that is the cluster's administrator, for a machine that may have none.
 *
 * @throws KafkaHaError `not-found` where there is no such cluster.
 */
export async function kubectlCommand(name: string): Promise<[string, ...string[]]> {
  const state = await readState(name);
  if (state === undefined) throw new KafkaHaError('not-found', `there is no local cluster ${name}`);
  return state.provider === 'kind' ? kubectlInKind(name) : await kubectlInNamespaces(name);
}
