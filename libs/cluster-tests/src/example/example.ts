import type { Spec } from '@kafka-ha/config';
import { applyObject, openKube, type Kube } from '@kafka-ha/kube';
import { fieldManager, names, renderAdminObjects } from '@kafka-ha/manifests';
import { drain, exampleSpec, kubeconfigOfServiceAccount, type RealCluster } from '@kafka-ha/testing';
import type { FencedCluster } from '@kafka-ha/cluster';
import { deploy } from '@kafka-ha/operations';

/** A cluster that several groups of tests share, one after the other: each leaves it healthy. Set before the first test. */
export type Example = {
  cluster: FencedCluster;
  /** Who deployed it: an account with the generated Role alone, in a namespace that enforces restricted pods. */
  deployer: Kube;
  firstDeployMs: number;
};

export const brokers = ['kafka-0', 'kafka-1', 'kafka-2', 'kafka-3', 'kafka-4'];
export const servers = ['zookeeper-0', 'zookeeper-1', 'zookeeper-2'];

/** Deploys the repository's example as its deployer does. */
export async function deployExample(real: RealCluster, namespace: string): Promise<Example> {
  const { signal } = new AbortController();
  const spec = await exampleSpec(namespace);
  const deployer = await deployerOf(real, spec);
  const started = performance.now();
  await drain(deploy({ kube: deployer, spec, signal }, { actor: { holder: 'deployer' } }));
  return { cluster: { kube: real.kube, spec, signal }, deployer, firstDeployMs: performance.now() - started };
}

/** The account that an admin makes for a cluster's namespace, with nothing but the generated Role. */
export async function deployerOf(real: RealCluster, spec: Spec): Promise<Kube> {
  const { signal } = new AbortController();
  for (const object of renderAdminObjects(spec))
    await applyObject(real.kube, object, { fieldManager, signal });
  return openKube({
    kubeconfigText: await kubeconfigOfServiceAccount(real, spec.namespace, names(spec).deployer),
  });
}
