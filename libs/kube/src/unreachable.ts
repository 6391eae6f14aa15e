import { KafkaHaError } from '@kafka-ha/base';
import type { Kube } from './open-kube.ts';

/** The API server did not answer: `reason` is an error code of Node's, such as ECONNREFUSED, or a sentence part. */
export function unreachable(kube: Kube, what: string, reason: string, cause?: unknown): KafkaHaError {
  return new KafkaHaError(
    'kubernetes-unreachable',
    `Cannot reach the API server ${kube.server} to ${what}: ${reason}.`,
    { hint: hintFor(reason, kube), cause },
  );
}

function hintFor(reason: string, { context }: Kube): string {
  if (/CERT|SELF_SIGNED|VERIFY/.test(reason))
    return `The server's certificate is not the one that context "${context}" expects. Is its certificate-authority current?`;
  if (reason === 'ENOTFOUND') return `Check the server's name in context "${context}".`;
  return `Is the cluster up, and does context "${context}" point to it?`;
}
