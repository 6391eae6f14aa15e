import { randomBytes } from 'node:crypto';
import { applyObject } from '../apply-object.ts';
import { deleteObject } from '../objects.ts';
import { withoutLease, type FencedKube } from '../fence.ts';
import { openKube } from '../open-kube.ts';
import type { StatefulSet } from '../stateful-set.ts';

/** An image with a shell that the nodes of the test cluster have or can pull. */
export const image = process.env['KAFKA_HA_E2E_IMAGE'] ?? 'apache/kafka:3.9.2';

export const fieldManager = 'kafka-ha-test';

export type TestNamespace = { kube: FencedKube; namespace: string; [Symbol.asyncDispose](): Promise<void> };

/** A namespace of its own on the cluster that KAFKA_HA_E2E_KUBECONFIG names; deleted with all that is in it when done. */
export async function aNamespace(labels: Record<string, string> = {}): Promise<TestNamespace> {
  const kubeconfigPath = process.env['KAFKA_HA_E2E_KUBECONFIG'];
  const kube = withoutLease('a test', openKube({ kubeconfigPath }));
  const namespace = `kube-e2e-${randomBytes(4).toString('hex')}`;
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } };
  await applyObject(kube, object, { fieldManager });
  const dispose = async () => {
    await deleteObject(kube, { apiVersion: 'v1', kind: 'Namespace', name: namespace });
    kube.agent.destroy();
  };
  return { kube, namespace, [Symbol.asyncDispose]: dispose };
}

type Container = Record<string, unknown>;

/** One container that sleeps; nothing of it survives the kill at once that its grace of zero means. */
export function aPodSpec(container: Container = {}) {
  const sleeping = { name: 'main', image, command: ['sh', '-c', 'trap exit TERM; sleep 3600 & wait'] };
  return { terminationGracePeriodSeconds: 0, containers: [{ ...sleeping, ...container }] };
}

type SetOptions = { replicas?: number; container?: Container; podSpec?: Record<string, unknown> };

export function aStatefulSet(
  namespace: string,
  name: string,
  { replicas = 1, container = {}, podSpec = {} }: SetOptions = {},
): StatefulSet {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace },
    spec: {
      replicas,
      serviceName: name,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { ...aPodSpec(container), ...podSpec } },
    },
  };
}
