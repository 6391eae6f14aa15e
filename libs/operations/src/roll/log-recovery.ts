import { podLogs, type Pod } from '@kafka-ha/kube';
import type { Cluster } from '../connect.ts';

/** How many of the last lines are looked at: while logs are read back, hardly anything else is said. */
const lastLines = 20;

/**
 * Asked again and again of a broker that runs and is not ready, says what it is reading back. Undefined where it has
 * said nothing new of that since it was asked last: then it is not at it any more, or makes no headway.
 */
export function logRecoveryOf(
  { kube, spec }: Cluster,
  signal: AbortSignal,
): (pod: Pod) => Promise<string | undefined> {
  let told: string | undefined;
  return async ({ metadata, status }) => {
    if (!status?.containerStatuses?.some(({ state }) => state?.running)) return undefined;
    const lines = await podLogs(kube, {
      namespace: spec.namespace,
      pod: metadata.name,
      container: 'kafka',
      tailLines: lastLines,
      signal,
    }).catch(() => []);
    const line = recoveryLine(lines);
    const isNew = line !== told;
    told = line;
    return isNew && line !== undefined ? `reads its logs back${progressOf(line)}` : undefined;
  };
}

/** The last line that a broker says of reading its logs back: LogManager and LogLoader of Kafka 3.7 to 3.9. */
export function recoveryLine(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => recovering.test(line));
}

const recovering = /Recovering (unflushed segment|file|\d+ logs)|Completed load of |Loading log /;

/** E.g. `: 37 of 120 done`. */
export function progressOf(line: string): string {
  const [, done, total] = /\((\d+)\/(\d+) completed in/.exec(line) ?? [];
  return done === undefined ? '' : `: ${done} of ${total} done`;
}
