import type { KubeObject } from './kube-object.ts';

/** `coordination.k8s.io/v1` Lease. Times have exactly six decimals: `2026-11-24T06:06:54.000000Z`. */
export type LeaseObject = KubeObject & {
  /** Kubernetes requires none of these: a Lease that a person wrote may lack any. */
  spec: {
    holderIdentity?: string;
    leaseDurationSeconds?: number;
    acquireTime?: string;
    renewTime?: string;
    /** How often it went from one holder to another. */
    leaseTransitions?: number;
  };
};

export type LeaseTerms = {
  namespace: string;
  name: string;
  /** Who we are, for those whom the lease keeps out: `ann@laptop`, `run 4711 of example/events`. */
  holder: string;
  /** What we do, e.g. `deploy`. */
  operation: string;
  /** The process that holds it: see `identityOfThisProcess`. */
  process?: string | undefined;
  /** For how long the lease stays ours when we die: what a run that was killed costs the next one. */
  ttlMs: number;
};

const operationAnnotation = 'kafka-ha/operation';
const processAnnotation = 'kafka-ha/process';

/** A lease of ours from now on; in place of `previous` where there is one. */
export function leaseFor(terms: LeaseTerms, wallTime: number, previous?: LeaseObject): LeaseObject {
  const now = microTime(wallTime);
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: terms.name,
      namespace: terms.namespace,
      resourceVersion: previous?.metadata.resourceVersion,
      annotations: {
        [operationAnnotation]: terms.operation,
        ...(terms.process !== undefined && { [processAnnotation]: terms.process }),
      },
    },
    spec: {
      holderIdentity: terms.holder,
      leaseDurationSeconds: Math.ceil(terms.ttlMs / 1000),
      acquireTime: now,
      renewTime: now,
      leaseTransitions: previous === undefined ? 0 : (previous.spec.leaseTransitions ?? 0) + 1,
    },
  };
}

export function renewed(lease: LeaseObject, wallTime: number): LeaseObject {
  return { ...lease, spec: { ...lease.spec, renewTime: microTime(wallTime) } };
}

/** The process that holds it, where it has told. */
export function processOf({ metadata }: LeaseObject): string | undefined {
  return metadata.annotations?.[processAnnotation];
}

/** True for two readings of one holder's lease: it may have been renewed, or annotated by somebody. */
export function isSameTenure(a: LeaseObject, b: LeaseObject): boolean {
  return a.spec.holderIdentity === b.spec.holderIdentity && a.spec.acquireTime === b.spec.acquireTime;
}

/** `ann@laptop (deploy, since 2026-11-24 06:06:54 UTC)` */
export function describeHolder({ metadata, spec }: LeaseObject): string {
  const operation = metadata.annotations?.[operationAnnotation] ?? 'doing something';
  const since = spec.acquireTime?.slice(0, 19).replace('T', ' ');
  return `${spec.holderIdentity ?? 'somebody'} (${operation}${since === undefined ? '' : `, since ${since} UTC`})`;
}

function microTime(wallTime: number): string {
  return new Date(wallTime).toISOString().replace('Z', '000Z');
}
