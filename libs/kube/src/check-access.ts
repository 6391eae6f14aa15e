import { isKafkaHaError } from '@kafka-ha/base';
import type { KubeObject } from './kube-object.ts';
import { getObject } from './objects.ts';
import type { Kube } from './open-kube.ts';
import { serverVersion } from './server-version.ts';

export type Access = {
  /** The API server's, e.g. `v1.35.4`. */
  version: string;
  /** `unreadable`: we may not look; a Role inside the namespace can allow `get` on `namespaces`. */
  namespace: 'active' | 'terminating' | 'absent' | 'unreadable';
};

/** A person waits for this one: long enough for a slow TLS handshake, no longer. */
const answerWithinMs = 5000;

/**
 * Asks the API server for its version and whether the namespace is there.
 *
 * @throws KafkaHaError `kubernetes-unreachable`, within 5 s of a server that has not answered before; `forbidden` where it does
 * not know us.
 */
export async function checkAccess(
  kube: Kube,
  { namespace, signal }: { namespace: string; signal?: AbortSignal },
): Promise<Access> {
  const version = await serverVersion(kube, { attempts: 1, timeoutMs: answerWithinMs, signal });
  return { version, namespace: await namespaceState(kube, namespace, signal) };
}

async function namespaceState(kube: Kube, name: string, signal?: AbortSignal): Promise<Access['namespace']> {
  try {
    const found = await getObject<KubeObject>(
      kube,
      { apiVersion: 'v1', kind: 'Namespace', name },
      { signal },
    );
    if (found === undefined) return 'absent';
    return found.metadata.deletionTimestamp === undefined ? 'active' : 'terminating';
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return 'unreadable';
    throw error;
  }
}
