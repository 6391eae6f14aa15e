import { waitFor } from '@kafka-ha/base';
import { applyObject } from './apply-object.ts';
import type { FencedKube } from './fence.ts';
import { type KubeObject, refOf } from './kube-object.ts';
import { getObject } from './objects.ts';
import { request } from './request.ts';

/** A ServiceAccount's credential. `expiresAt` is what the API server has granted, in milliseconds; undefined is never. */
export type AccountToken = { token: string; expiresAt: number | undefined };

type Account = { namespace: string; serviceAccount: string; signal?: AbortSignal };

/**
 * A token that ends by itself and leaves no object behind. The API server may grant less time than it was asked for.
 *
 * @throws KafkaHaError `not-found` where there is no such account, `forbidden` where we may give no token of it.
 */
export async function accountToken(
  kube: FencedKube,
  { namespace, serviceAccount, lifetimeMs, signal }: Account & { lifetimeMs: number },
): Promise<AccountToken> {
  const { body } = await request<{ status: { token: string; expirationTimestamp: string } }>(kube, {
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: Math.ceil(lifetimeMs / 1000) },
    },
    what: `make a token of ServiceAccount ${namespace}/${serviceAccount}`,
    signal,
  });
  const { token, expirationTimestamp } = body.status;
  return { token, expiresAt: Date.parse(expirationTimestamp) };
}

/** Kubernetes fills a Secret for tokens in well under a second. */
const filledWithinMs = 10_000;

/**
 * A token that works until its Secret, `<account>-token`, is deleted.
 *
 * @throws KafkaHaError `deadline-exceeded` where the Secret stays empty: there is no such account.
 */
export async function lastingAccountToken(
  kube: FencedKube,
  {
    namespace,
    serviceAccount,
    labels,
    fieldManager,
    signal,
  }: Account & { labels: Record<string, string>; fieldManager: string },
): Promise<AccountToken> {
  const name = `${serviceAccount}-token`;
  const annotations = { 'kubernetes.io/service-account.name': serviceAccount };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels, annotations },
    type: 'kubernetes.io/service-account-token',
  };
  await applyObject(kube, secret, { fieldManager, signal });
  const filled = async (signal: AbortSignal) => {
    const there = await getObject<KubeObject & { data?: { token?: string } }>(kube, refOf(secret), {
      signal,
    });
    return there?.data?.token;
  };
  const token = await waitFor(`the token in Secret ${namespace}/${name}`, filled, {
    deadlineMs: filledWithinMs,
    intervalMs: 200,
    clock: kube.clock,
    signal,
  });
  return { token: Buffer.from(token, 'base64').toString(), expiresAt: undefined };
}
