import { KafkaHaError } from '@kafka-ha/base';
import type { AccountToken, Kube } from '@kafka-ha/kube';
import type { Command } from 'commander';
import { lifetime, type Lifetime } from '../lifetime.ts';
import { targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { readOnly?: boolean; expires: Lifetime; output?: string };

/** `kafka-ha kubeconfig`: from the kubeconfig of an admin to that of an account, for a workflow or another person. */
export function kubeconfigCommand(run: Run): Command {
  return targetCommand(
    'kubeconfig',
    'print a kubeconfig of the account that deploys, or of the one that only reads',
  )
    .option('--read-only', 'of the account that reads the health and changes nothing')
    .addOption(
      valueOption('--expires <time>', 'how long it works; with --read-only also never', lifetime, '8h'),
    )
    .option('-o, --output <path>', 'write it to this file, which only you can read (default: stdout)')
    .addHelpText('after', help)
    .action((_, self: Command) => kubeconfig(self.optsWithGlobals<Options>(), run));
}

async function kubeconfig(options: Options, { signal }: Run): Promise<void> {
  const { kubeconfigOf } = await import('@kafka-ha/kube');
  const { names } = await import('@kafka-ha/manifests');
  const { loadSpec } = await import('../load-spec.ts');
  const { kubeOf } = await import('../load-target.ts');
  const { json = false, readOnly = false, expires, output } = options;
  refuseLasting(options);
  const { spec } = await loadSpec(options);
  const { namespace } = spec;
  const account = readOnly ? names(spec).health : names(spec).deployer;
  const kube = kubeOf(options);
  const { token, expiresAt } = await tokenOf(kube, { namespace, account, name: spec.name, expires, signal });
  const text = kubeconfigOf(kube, { namespace, user: account, token });
  await proveRights(text, { namespace, account, readOnly, signal });
  if (output !== undefined) await writeSecretly(output, text);
  if (json) {
    const file = output === undefined ? { kubeconfig: text } : { file: output };
    const document = { account: `${namespace}/${account}`, expires: timeOf(expiresAt) ?? null, ...file };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (output === undefined) process.stdout.write(text);
  const { remarks } = await import('../output/kubeconfig-remarks.ts');
  const now = kube.clock.wallTime();
  const lines = remarks({
    account,
    namespace,
    server: kube.server,
    readOnly,
    expires,
    expiresAt,
    output,
    now,
  });
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** Whoever has it may replace everything, and would for ever. */
function refuseLasting({ expires, readOnly }: Options): void {
  if (expires !== 'never' || readOnly === true) return;
  throw new KafkaHaError(
    'invalid-usage',
    '--expires never is for --read-only: a token that deploys has to end',
    {
      hint: 'Give a time, such as --expires 90d, and renew it before; or log in by OIDC (docs/access.md), which stores no token.',
    },
  );
}

type Wanted = { namespace: string; account: string; name: string; expires: Lifetime; signal: AbortSignal };

async function tokenOf(
  kube: Kube,
  { namespace, account, name, expires, signal }: Wanted,
): Promise<AccountToken> {
  const { accountToken, getObject, lastingAccountToken, withoutLease } = await import('@kafka-ha/kube');
  const { adminLabels, fieldManager } = await import('@kafka-ha/manifests');
  const ref = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: account };
  if ((await getObject(kube, ref, { signal })) === undefined)
    throw new KafkaHaError('not-found', `there is no ServiceAccount ${namespace}/${account}`, {
      hint: 'An admin creates it: kafka-ha render --admin | kubectl apply -f -',
    });
  const free = withoutLease('no operation uses this object', kube);
  const wanted = { namespace, serviceAccount: account, signal };
  return expires === 'never'
    ? await lastingAccountToken(free, { ...wanted, labels: adminLabels({ name }, 'health'), fieldManager })
    : await accountToken(free, { ...wanted, lifetimeMs: expires });
}

type Rights = { namespace: string; account: string; readOnly: boolean; signal: AbortSignal };

/** With the kubeconfig that was made: so it is seen to work before anybody stores it. */
async function proveRights(text: string, { namespace, account, readOnly, signal }: Rights): Promise<void> {
  const { openKube, request, withoutLease } = await import('@kafka-ha/kube');
  const verb = readOnly ? 'list' : 'create';
  const { body } = await request<{ status: { allowed: boolean } }>(
    withoutLease('a question changes nothing', openKube({ kubeconfigText: text })),
    {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace, verb, resource: 'pods' } },
      },
      what: `ask what ${account} may do`,
      signal,
    },
  );
  if (body.status.allowed) return;
  throw new KafkaHaError('forbidden', `the account ${namespace}/${account} may not ${verb} pods`, {
    hint: 'An admin gives it its Role: kafka-ha render --admin | kubectl apply -f -',
  });
}

/** In one go, and never readable by others: a file that was there keeps neither its text nor its mode. */
async function writeSecretly(path: string, text: string): Promise<void> {
  const { rename, rm, writeFile } = await import('node:fs/promises');
  const beside = `${path}.${process.pid}`;
  try {
    await writeFile(beside, text, { mode: 0o600, flag: 'wx', flush: true });
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new KafkaHaError('invalid-usage', `cannot write ${path}: ${(cause as Error).message}`, {
      hint: 'Name another file with --output.',
      cause,
    });
  }
}

function timeOf(expiresAt: number | undefined): string | undefined {
  return expiresAt === undefined ? undefined : new Date(expiresAt).toISOString();
}

const help = `
Run by an admin, once kafka-ha render --admin has been applied.
  $ kafka-ha kubeconfig --expires 90d | gh secret set KUBECONFIG --env production
  $ kafka-ha kubeconfig --read-only --expires never | gh secret set KUBECONFIG --env production-health
  $ kafka-ha kubeconfig --output deployer.kubeconfig

The API server may grant less time than it is asked for: what it grants is said on stderr. With --expires never the token works
until its Secret is deleted. A login by OIDC stores no token at all: docs/access.md.`;
