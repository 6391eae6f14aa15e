import type { Clock } from '@kafka-ha/base';
import { podLogs, type Pod } from '@kafka-ha/kube';
import type { Component } from '@kafka-ha/manifests';
import { type Cluster, containerOf } from '@kafka-ha/cluster';

/** How many of the last lines are looked at: during log recovery hardly anything else is said. */
const lastLines = 20;

/**
 * For how long one line counts as headway, in milliseconds: each segment is told when it is begun, and one of Kafka's usual
 * 1 GiB takes three and a half minutes on a volume that reads 5 MB/s.
 */
const quietMs = 300_000;

/**
 * Asked again and again of a broker that runs and is not ready, says what it is reading back. Undefined where it reads
 * nothing back, or has said nothing new of that for minutes.
 */
export function logRecoveryOf(cluster: Cluster): (pod: Pod) => Promise<string | undefined> {
  const progress = recoveryProgress(cluster.kube.clock);
  return async (pod) => progress(await lastLinesOf(cluster, pod));
}

/** Whether a broker is in log recovery, at whatever speed. */
export async function isReadingBack(cluster: Cluster, pod: Pod): Promise<boolean> {
  const line = recoveryLine(await lastLinesOf(cluster, pod));
  return line !== undefined && !isLast(line);
}

/** Given a broker's last lines again and again: what it reads back, for as long as it makes headway. */
export function recoveryProgress(
  clock: Pick<Clock, 'now'>,
): (lines: readonly string[]) => string | undefined {
  let told: string | undefined;
  let since = 0;
  return (lines) => {
    const line = recoveryLine(lines);
    if (line !== told) since = clock.now();
    told = line;
    if (line === undefined || clock.now() - since >= quietMs) return undefined;
    return `is in log recovery${progressOf(line)}`;
  };
}

/** None where it does not run. */
async function lastLinesOf({ kube, spec, signal }: Cluster, pod: Pod): Promise<string[]> {
  const container: Component = 'kafka';
  if (containerOf(container, pod.status)?.state?.running === undefined) return [];
  const { name } = pod.metadata;
  const options = { namespace: spec.namespace, pod: name, container, tailLines: lastLines, signal };
  return await podLogs(kube, options).catch(() => []);
}

/** The last line that a broker says of its log recovery: LogManager and LogLoader of Kafka 3.7 to 3.9. */
export function recoveryLine(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => recovering.test(line));
}

const recovering = /Recovering (unflushed segment|file|\d+ logs)|Completed load of |Loading log /;

/** E.g. `: 37 of 120 done`. */
export function progressOf(line: string): string {
  const [, done, total] = completed.exec(line) ?? [];
  return done === undefined ? '' : `: ${done} of ${total} done`;
}

function isLast(line: string): boolean {
  const [, done, total] = completed.exec(line) ?? [];
  return done !== undefined && done === total;
}

const completed = /\((\d+)\/(\d+) completed in/;
