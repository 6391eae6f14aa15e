import type { Kube } from './open-kube.ts';
import { request } from './request.ts';

export type LogOptions = {
  namespace: string;
  pod: string;
  container?: string;
  tailLines: number;
  /** The container's last run before this one. */
  previous?: boolean;
  signal?: AbortSignal;
};

/** The last lines of a container's log, oldest first. */
export async function podLogs(kube: Kube, options: LogOptions): Promise<string[]> {
  const { namespace, pod, container, tailLines, previous, signal } = options;
  const { body } = await request<string>(kube, {
    method: 'GET',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
    query: { container, tailLines, previous },
    what: `read the log of pod ${namespace}/${pod}`,
    signal,
  });
  return String(body)
    .split('\n')
    .filter((line) => line !== '');
}
