import { KafkaHaError, readUntil, type Clock } from '@kafka-ha/base';
import { releaseNumber } from '@kafka-ha/config';
import {
  compareReplicas,
  parseDumpedLogs,
  type BrokerLogs,
  type ReplicaFindings,
  type Replicas,
} from '@kafka-ha/history';
import { readInPod } from '@kafka-ha/kube';
import { kafkaLogPath, ordinals, podOf } from '@kafka-ha/manifests';
import { type Cluster } from '@kafka-ha/cluster';
import { drillTopic } from './drill-topic.ts';

const dumpWithinMs = 90_000;
const attempts = 3;
const endMark = 'kafka-ha: all logs were dumped';
/** A line per batch, some 200 bytes: an hour at the default load. */
const maxOutputBytes = 256 * 1024 * 1024;

/** Followers fetch within half a second; a busy machine gets more. */
const settledWithinMs = 20_000;
const pauseMs = 1_000;

export type WhatToCompare = {
  /** The brokers of each partition, as the topic was made. */
  assignment: readonly (readonly number[])[];
  readBack: Replicas['readBack'];
};

/**
 * Reads the drill's topic from the disk of every broker, with Kafka's own tool in its pod, and compares the replicas. To
 * be done when writing has stopped.
 *
 * @throws KafkaHaError `pod-failed` where the tool fails.
 */
export async function compareReplicaLogs(
  cluster: Cluster,
  { assignment, readBack }: WhatToCompare,
): Promise<ReplicaFindings> {
  const { kube, spec } = cluster;
  const assigned = new Map(
    assignment.map((holders, partition) => [
      `${drillTopic}-${partition}`,
      holders.map((id) => podOf(spec, id)),
    ]),
  );
  return await untilNoneLacks(
    async () => {
      const logs = await Promise.all(
        ordinals(spec.brokers).map(async (id) => {
          const pod = podOf(spec, id);
          return [pod, await dumpLogs(cluster, pod)] as const;
        }),
      );
      return compareReplicas({ brokers: new Map(logs), assigned, readBack });
    },
    { clock: kube.clock, signal: cluster.signal },
  );
}

/** Compares again while a replica lacks something that it may yet fetch: then the last word counts. */
export async function untilNoneLacks(
  compare: () => Promise<ReplicaFindings>,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<ReplicaFindings> {
  const noneLacks = ({ behind, headless }: ReplicaFindings) => behind.length + headless.length === 0;
  const wait = { deadlineMs: settledWithinMs, intervalMs: pauseMs, clock, signal };
  return await readUntil(compare, noneLacks, wait);
}

/** Asked again where the output does not come to its end: a cut output looks like a replica that lacks records. */
async function dumpLogs(cluster: Cluster, pod: string): Promise<BrokerLogs> {
  for (let left = attempts; left > 0; left -= 1) {
    const output = await runDump(cluster, pod);
    if (output.trimEnd().endsWith(endMark)) return parseDumpedLogs(output);
  }
  throw new KafkaHaError('pod-failed', `the logs of ${pod} could not be read to their end`);
}

async function runDump({ kube, spec, signal }: Cluster, pod: string): Promise<string> {
  const { exitCode, stdout, stderr } = await readInPod(kube, {
    namespace: spec.namespace,
    pod,
    container: 'kafka',
    command: ['sh', '-c', dumpScript(spec.versions.kafka)],
    timeoutMs: dumpWithinMs,
    maxOutputBytes,
    signal,
  });
  if (exitCode !== 0)
    throw new KafkaHaError('pod-failed', `the logs of ${pod} could not be read`, {
      details: stderr.trimEnd().split('\n').slice(-10),
    });
  return stdout;
}

/** A small JVM, which has to fit beside the broker's; one that holds no replica of the topic has nothing to tell. */
export function dumpScript(kafkaVersion: string): string {
  return `
set -- ${kafkaLogPath}/${drillTopic}-*[0-9]/*.log
if [ ! -e "$1" ]; then echo '${endMark}'; exit; fi
files=$(IFS=,; echo "$*")
java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+PerfDisableSharedMem \\
  -cp '/opt/kafka/libs/*' ${dumpTool(kafkaVersion)} --files "$files" && echo '${endMark}'`;
}

/** The tool changed its package with Kafka 4.3. */
function dumpTool(kafkaVersion: string): string {
  return releaseNumber(kafkaVersion) >= releaseNumber('4.3')
    ? 'org.apache.kafka.tools.DumpLogSegments'
    : 'kafka.tools.DumpLogSegments';
}
