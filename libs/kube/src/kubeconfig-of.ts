import { dumpYaml } from '@kubernetes/client-node';
import { clusterInfo, type Kube } from './open-kube.ts';
import { proxyFor } from './proxy-for.ts';

/** What a kubeconfig of one account says: where the API server is as `kube` knows it, and the token alone. */
export function kubeconfigOf(
  kube: Kube,
  { namespace, user, token }: { namespace: string; user: string; token: string },
): string {
  const name = `${user}@${kube.context}`;
  return dumpYaml({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name: kube.context, cluster: clusterOf(kube) }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name, context: { cluster: kube.context, user, namespace } }],
  });
}

/** Without a proxy that only the environment of this machine names: it is read elsewhere, and may hold a password. */
function clusterOf({ server, config }: Kube): Record<string, unknown> {
  const { 'proxy-url': proxy, ...rest } = { ...clusterInfo(config.getCurrentCluster() ?? {}), server };
  const isOwn = proxy !== undefined && proxy !== proxyFor(server, process.env);
  return { ...rest, ...(isOwn && { 'proxy-url': proxy }) };
}
