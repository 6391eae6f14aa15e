import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Spec } from '@kafka-ha/config';
import { inClusterKubeconfig, openKube, type KubeSource, type Kube } from '@kafka-ha/kube';
import type { Cluster } from '@kafka-ha/cluster';
import { withExporter } from '@kafka-ha/exporter';
import { loadSpec } from './load-spec.ts';
import type { TargetOptions } from './options.ts';

/** The cluster file and the Kubernetes that a command works on, until the signal fires. */
export async function loadTarget(options: TargetOptions, signal: AbortSignal): Promise<Cluster> {
  const { spec } = await loadSpec(options);
  return await targetOf(spec, options, signal);
}

/** The same for a spec that is not what the file says yet. */
export async function targetOf(spec: Spec, options: TargetOptions, signal: AbortSignal): Promise<Cluster> {
  return {
    spec: await withExporter(spec),
    kube: kubeOf(options),
    signal,
  };
}

/** The Kubernetes alone. */
export function kubeOf(options: TargetOptions): Kube {
  return openKube({
    ...kubeSourceOf(options),
    onWords: (text) => void process.stderr.write(text),
    ...(options.context === undefined ? {} : { context: options.context }),
  });
}

export function kubeconfigPathOf({ kubeconfig }: Pick<TargetOptions, 'kubeconfig'>): string {
  // As kubectl takes it: a variable that is set to nothing is not set.
  return kubeconfig || join(homedir(), '.kube', 'config');
}

/** The kubeconfig; in a pod that has none, the pod's own account. */
function kubeSourceOf(options: Pick<TargetOptions, 'kubeconfig'>): KubeSource {
  const kubeconfigPath = kubeconfigPathOf(options);
  const isNamed = Boolean(options.kubeconfig);
  const kubeconfigText = isNamed || existsSync(kubeconfigPath) ? undefined : inClusterKubeconfig(process.env);
  return kubeconfigText === undefined ? { kubeconfigPath } : { kubeconfigText };
}
