import type { DrillResult } from '@kafka-ha/history';

/** A name without the cluster's, which all of them share: `kafka-2` for `events-kafka-2`. */
export function shortName(name: string, { cluster }: { cluster: { name: string } }): string {
  const prefix = `${cluster.name}-`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

export function victimNames(result: Pick<DrillResult, 'victims' | 'cluster'>): string {
  return result.victims.map((victim) => shortName(victim, result)).join(', ') || '–';
}
