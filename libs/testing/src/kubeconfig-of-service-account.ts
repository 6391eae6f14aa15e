import { readFile } from 'node:fs/promises';
import { waitFor } from '@kafka-ha/base';
import { accountToken, getObject } from '@kafka-ha/kube';
import { parse, stringify } from 'yaml';
import type { RealCluster } from './real-cluster.ts';

/** The admin's kubeconfig with a ServiceAccount's token in place of his certificate. */
export async function kubeconfigOfServiceAccount(
  { kube, kubeconfigPath }: RealCluster,
  namespace: string,
  serviceAccount: string,
): Promise<string> {
  const ref = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: serviceAccount };
  // A controller makes the one named `default` some moments after its namespace.
  await waitFor(`service account ${serviceAccount}`, () => getObject(kube, ref), {
    deadlineMs: 10_000,
    intervalMs: 100,
  });
  const { token } = await accountToken(kube, { namespace, serviceAccount, lifetimeMs: 3_600_000 });
  const kubeconfig = parse(await readFile(kubeconfigPath, 'utf8')) as { users: { name: string }[] };
  const users = kubeconfig.users.map(({ name }) => ({ name, user: { token } }));
  return stringify({ ...kubeconfig, users });
}
