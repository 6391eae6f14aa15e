import { KafkaHaError } from '@kafka-ha/base';
import type { Kube } from './open-kube.ts';
import { request } from './request.ts';

export type LogOptions = {
  namespace: string;
  pod: string;
  /** Of several, as where others are injected, the API server takes none for the one that is meant. */
  container: string;
  tailLines: number;
  /** The container's last run before this one. */
  previous?: boolean;
  signal?: AbortSignal;
};

/** What a kubelet answers, as if it were the log, when it has removed the container since it was asked for. */
const goneMeanwhile = /^unable to retrieve container logs for /;

/**
 * The last lines of a container's log, oldest first.
 *
 * @throws KafkaHaError `not-found` also where the container was replaced by its next run meanwhile: ask again.
 */
export async function podLogs(kube: Kube, options: LogOptions): Promise<string[]> {
  const { namespace, pod, container, tailLines, previous, signal } = options;
  const { body } = await request<string>(kube, {
    method: 'GET',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
    query: { container, tailLines, previous },
    what: `read the log of pod ${namespace}/${pod}`,
    signal,
  });
  if (goneMeanwhile.test(String(body)))
    throw new KafkaHaError(
      'not-found',
      `The log of pod ${namespace}/${pod} belongs to a container that no longer exists.`,
    );
  return String(body)
    .split('\n')
    .filter((line) => line !== '');
}
