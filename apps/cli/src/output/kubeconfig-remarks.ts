import { formatDuration } from '@kafka-ha/config/values';
import { lifetimeText, type Lifetime } from '../lifetime.ts';

type Made = {
  account: string;
  namespace: string;
  server: string;
  readOnly: boolean;
  expires: Lifetime;
  expiresAt: number | undefined;
  /** The file; undefined is stdout. */
  output: string | undefined;
  now: number;
};

/** A token is given for whole seconds, and the clock of an API server is another one. */
const toleratedMs = 60_000;

/** What a person should know of a kubeconfig that was made, and what to do with it. */
export function remarks({
  account,
  namespace,
  server,
  readOnly,
  expires,
  expiresAt,
  output,
  now,
}: Made): string[] {
  const until =
    expiresAt === undefined
      ? `it works until kubectl -n ${namespace} delete secret ${account}-token`
      : `it works until ${new Date(expiresAt).toISOString()}`;
  const grantedMs = (expiresAt ?? Infinity) - now;
  const isShort = expires !== 'never' && grantedMs < expires - toleratedMs;
  const environments = readOnly ? ['production-health'] : ['production', 'production-watch'];
  const set = (environment: string) => `gh secret set KUBECONFIG --env ${environment}`;
  const options = [...(readOnly ? ['--read-only'] : []), `--expires ${lifetimeText(expires)}`];
  const made = ['kafka-ha kubeconfig', ...options].join(' ');
  return [
    `kubeconfig of the account ${namespace}/${account}: ${until}`,
    ...(isShort
      ? [
          `! The API server grants ${formatDuration(grantedMs)}, not ${lifetimeText(expires)}: a run that is scheduled fails after that.${readOnly ? ' --expires never lasts.' : ''}`,
        ]
      : []),
    ...(isOfThisMachine(server)
      ? [`! ${server} is an address of this machine: a runner of GitHub does not reach it.`]
      : []),
    'For a workflow, in the repository:',
    ...environments.map((each) =>
      output === undefined ? `  ${made} | ${set(each)}` : `  ${set(each)} < ${output}`,
    ),
  ];
}

function isOfThisMachine(server: string): boolean {
  const { hostname } = new URL(server);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
