import type { Spec } from '@kafka-ha/config';
import { listObjects, type KubeObject, type StatefulSet } from '@kafka-ha/kube';
import { componentsOf, claimOf, components, names, parseQuantity, type Component } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { membersQuery } from '../refs.ts';

/** A volume that a pod of the cluster has asked for. */
export type VolumeClaim = { object: PersistentVolumeClaim; component: Component; requestedBytes: number };

export type PersistentVolumeClaim = KubeObject & {
  spec: { resources?: { requests?: { storage?: string } }; storageClassName?: string; volumeName?: string };
  status?: {
    phase?: string;
    capacity?: { storage?: string };
    conditions?: { type: string; status: string; message?: string }[];
  };
};

/** Those of all pods, removed ones included: their volumes are kept. */
export async function readClaims({ kube, spec, signal }: Cluster): Promise<VolumeClaim[]> {
  const selection = membersQuery(spec, 'PersistentVolumeClaim');
  const claims = await listObjects<PersistentVolumeClaim>(kube, selection, { signal });
  return componentsOf(spec)
    .toReversed()
    .flatMap((component) =>
      claims
        .filter(({ metadata }) => metadata.name.startsWith(claimOf(`${names(spec)[component]}-`)))
        .map((object) => ({
          object,
          component,
          requestedBytes: bytesIn(object.spec.resources?.requests?.storage),
        })),
    );
}

/** What the file asks for. */
export function wantedBytes(spec: Spec, component: Component): number {
  return components[component].wanted(spec).storageBytes;
}

/** Undefined while it has none, as in a Kubernetes cluster without a default one. */
export function classOf({ spec }: Pick<PersistentVolumeClaim, 'spec'>): string | undefined {
  return spec.storageClassName === '' ? undefined : spec.storageClassName;
}

/** What a StatefulSet asks for its pods' volumes. */
export function templateOf({ spec }: Pick<StatefulSet, 'spec'>): {
  bytes: number;
  class: string | undefined;
} {
  const [template] = (spec['volumeClaimTemplates'] ?? []) as PersistentVolumeClaim[];
  const bytes = bytesIn(template?.spec.resources?.requests?.storage);
  return { bytes, class: template && classOf(template) };
}

/** Whole bytes of a quantity of the API server, rounded up as it does; 0 where there is none, NaN where it is no quantity. */
export function bytesIn(quantity: string | undefined): number {
  if (quantity === undefined) return 0;
  return Math.ceil(parseQuantity(quantity) ?? Number.NaN);
}
