import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the kubelet puts what a pod's account is. */
const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * For a process in a pod: a kubeconfig of the pod's own ServiceAccount. It names the token's file, which Kubernetes renews.
 * Undefined outside a pod, and in one that has no token.
 */
export function inClusterKubeconfig(
  environment: NodeJS.ProcessEnv,
  folder: string = accountFolder,
): string | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment;
  const tokenFile = join(folder, 'token');
  if (!host || !existsSync(tokenFile)) return undefined;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const name = 'in-cluster';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, 'certificate-authority': join(folder, 'ca.crt') } }],
    users: [{ name, user: { tokenFile } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
