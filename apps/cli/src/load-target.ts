import { homedir } from 'node:os';
import { join } from 'node:path';
import { openKube } from '@kafka-ha/kube';
import type { Cluster } from '@kafka-ha/operations';
import { loadSpec } from './load-spec.ts';
import type { TargetOptions } from './program.ts';

/** The cluster file and the Kubernetes that a command works on. */
export async function loadTarget(options: TargetOptions): Promise<Cluster> {
  const { spec } = await loadSpec(options);
  return {
    spec,
    kube: openKube({
      kubeconfigPath: kubeconfigPathOf(options),
      ...(options.context === undefined ? {} : { context: options.context }),
    }),
  };
}

export function kubeconfigPathOf({ kubeconfig }: Pick<TargetOptions, 'kubeconfig'>): string {
  return kubeconfig ?? join(homedir(), '.kube', 'config');
}
