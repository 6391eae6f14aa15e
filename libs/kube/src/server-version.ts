import type { Kube } from './open-kube.ts';
import { request, type ApiCall } from './request.ts';

/** By the agent: a handle and those that a fence was put before share it. */
const known = new WeakMap<Kube['agent'], string>();

/**
 * The API server's version, e.g. `v1.35.4`. Asked until it has answered once; then kept as long as the handle, for state is read
 * time and again.
 *
 * @throws KafkaHaError as `request`.
 */
export async function serverVersion(
  kube: Kube,
  options: Pick<ApiCall, 'signal' | 'attempts' | 'timeoutMs'> = {},
): Promise<string> {
  const before = known.get(kube.agent);
  if (before !== undefined) return before;
  const { body } = await request<{ gitVersion: string }>(kube, {
    method: 'GET',
    path: '/version',
    what: 'ask for its version',
    ...options,
  });
  known.set(kube.agent, body.gitVersion);
  return body.gitVersion;
}
