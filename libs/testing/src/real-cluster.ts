import { randomBytes } from 'node:crypto';
import { waitFor } from '@kafka-ha/base';
import {
  deleteObject,
  getObject,
  listObjects,
  openKube,
  refOf,
  withoutLease,
  type FencedKube,
} from '@kafka-ha/kube';
import { recycleVolumes, runningLocalCluster, type LocalCluster } from '@kafka-ha/local-cluster';

/** The Kubernetes that `npm test` has started for the real-cluster tests. */
export type RealCluster = { name: string; kubeconfigPath: string; kube: FencedKube };

/** @throws Error outside `npm test`, saying how to run one suite by hand. */
export function realCluster(): RealCluster {
  const kubeconfigPath = process.env['KAFKA_HA_E2E_KUBECONFIG'];
  const name = process.env['KAFKA_HA_E2E_CLUSTER'];
  if (kubeconfigPath === undefined || name === undefined)
    throw new Error(
      'Real-cluster tests need one: npm test starts it. By hand: npx kafka-ha local up --name dev, then ' +
        'KAFKA_HA_E2E_CLUSTER=dev KAFKA_HA_E2E_KUBECONFIG=… npx nx e2e PROJECT',
    );
  return { name, kubeconfigPath, kube: withoutLease('a test', openKube({ kubeconfigPath })) };
}

/** What it is made of, for what only a local cluster lets be done. */
export async function localClusterOf({ name }: RealCluster): Promise<LocalCluster> {
  const local = await runningLocalCluster({ name });
  if (local === undefined) throw new Error(`the local cluster ${name} does not run`);
  return local;
}

/** A namespace's name that no other test uses. */
export function freshNamespace(prefix: string): string {
  return `${prefix}-${randomBytes(3).toString('hex')}`;
}

/** Deletes a namespace, waits until it is gone, and makes its volumes usable for the next test. */
export async function removeNamespace(cluster: RealCluster, namespace: string): Promise<void> {
  const signal = AbortSignal.timeout(120_000);
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  await killPods(cluster.kube, namespace, signal);
  await deleteObject(cluster.kube, ref, { signal });
  await waitFor(
    `namespace ${namespace} to be gone`,
    async () => (await getObject(cluster.kube, ref, { signal })) === undefined,
    {
      deadlineMs: 120_000,
      intervalMs: 500,
      signal,
    },
  );
  await recycleVolumes(await localClusterOf(cluster), { signal });
}

/**
 * Without ZooKeeper, which may go first, a broker that is asked to stop takes its whole grace period, and kubelet does not
 * shorten one that has begun: so pods lose their owner first, or the garbage collector would ask them. With no grace
 * period at all the pods would be gone before their processes.
 */
async function killPods(kube: FencedKube, namespace: string, signal: AbortSignal): Promise<void> {
  const found = (kind: { apiVersion: string; kind: string }) =>
    listObjects(kube, { ...kind, namespace }, { signal });
  const sets = await found({ apiVersion: 'apps/v1', kind: 'StatefulSet' });
  await Promise.all(
    sets.map((set) => deleteObject(kube, refOf(set), { signal, propagationPolicy: 'Orphan' })),
  );
  const pods = await found({ apiVersion: 'v1', kind: 'Pod' });
  await Promise.all(pods.map((pod) => deleteObject(kube, refOf(pod), { signal, gracePeriodSeconds: 1 })));
}
