import { duration, formatDuration, type ValueKind } from '@kafka-ha/config/values';

/** How long a kubeconfig works, in milliseconds. */
export type Lifetime = number | 'never';

/** Kubernetes gives no token for less. */
const leastMs = 600_000;
const dayMs = 24 * 3_600_000;

/** What `--expires` takes: a time such as `8h` or `90d`. */
export const lifetime: ValueKind<Lifetime> = {
  parse: (text) => (text === 'never' ? text : (days(text) ?? duration({ least: leastMs }).parse(text))),
  takes: 'a time of 10m or more such as 8h or 90d, or never',
};

/** As `--expires` takes it. */
export function lifetimeText(expires: Lifetime): string {
  if (expires === 'never') return expires;
  return expires % dayMs === 0 ? `${expires / dayMs}d` : formatDuration(expires);
}

function days(text: string): number | undefined {
  const [, count] = /^(\d+)d$/.exec(text) ?? [];
  return count === undefined || Number(count) === 0 ? undefined : Number(count) * dayMs;
}
