import { readFileSync } from 'node:fs';
import { dumpYaml } from '@kubernetes/client-node';
import type { Kube } from './open-kube.ts';

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

/** Without a file of this machine: it is read elsewhere. */
function clusterOf({ server, config }: Kube): Record<string, unknown> {
  const { caFile, caData, skipTLSVerify, tlsServerName, proxyUrl } = config.getCurrentCluster() ?? {};
  const ca = caData ?? (caFile === undefined ? undefined : readFileSync(caFile).toString('base64'));
  return {
    server,
    ...(ca !== undefined && { 'certificate-authority-data': ca }),
    ...(skipTLSVerify === true && { 'insecure-skip-tls-verify': true }),
    ...(tlsServerName !== undefined && { 'tls-server-name': tlsServerName }),
    ...(proxyUrl !== undefined && { 'proxy-url': proxyUrl }),
  };
}
