import { KafkaHaError } from '@kafka-ha/base';
import { execInPod, readInPod, type ExecOptions, type ExecResult } from '@kafka-ha/kube';
import { kafkaLogPath, podOf } from '@kafka-ha/manifests';
import type { Cluster, FencedCluster } from '@kafka-ha/cluster';

/** A folder in a broker's log directory, e.g. `events-7`, and the id of the topic that it was made for where that is known. */
export type LogFolder = { folder: string; topicId: string | null };

/** Runs a command in a broker's pod and returns what it prints. Throws `pod-failed` where it fails. */
export type Shell = (command: readonly string[]) => Promise<string>;

/** A broker's copy of the cluster's metadata: no topic's, and assigned by nobody. */
const metadataLog = '__cluster_metadata-0';

/** The folders of partitions on a broker's volume, those too that Kafka is about to delete. */
export async function readLogFolders(shell: Shell): Promise<LogFolder[]> {
  const id = `$(sed -n 's/^topic_id: *//p' "$entry/partition.metadata" 2>/dev/null)`;
  const script = `cd ${kafkaLogPath} && for entry in *; do if [ -d "$entry" ]; then echo "$entry ${id}"; fi; done`;
  const lines = (await shell(['sh', '-c', script])).split('\n').filter((line) => line !== '');
  const folders = lines.map((line) => {
    const [folder = '', topicId = ''] = line.split(' ');
    return { folder, topicId: topicId === '' ? null : topicId };
  });
  return folders.filter(({ folder }) => folder !== metadataLog);
}

export function shellIn({ kube, ...cluster }: FencedCluster, brokerId: number): Shell {
  return shellBy((options) => execInPod(kube, options), { ...cluster, brokerId });
}

/** As `shellIn`, for commands that only look. */
export function readingShellIn({ kube, ...cluster }: Cluster, brokerId: number): Shell {
  return shellBy((options) => readInPod(kube, options), { ...cluster, brokerId });
}

function shellBy(
  exec: (options: ExecOptions) => Promise<ExecResult>,
  { spec, brokerId, signal }: Omit<Cluster, 'kube'> & { brokerId: number },
): Shell {
  const pod = podOf(spec, brokerId);
  return async (command) => {
    const options = { namespace: spec.namespace, pod, container: 'kafka', command: [...command] };
    const { exitCode, stdout, stderr } = await exec({ ...options, timeoutMs: 15_000, signal });
    if (exitCode !== 0)
      throw new KafkaHaError('pod-failed', `${command[0]} in ${pod} failed: ${stderr.trim()}`);
    return stdout;
  };
}
