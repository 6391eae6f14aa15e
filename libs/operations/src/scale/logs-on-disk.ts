import { KafkaHaError } from '@kafka-ha/errors';
import { execInPod } from '@kafka-ha/kube';
import { kafkaLogPath, podOf } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';

/** The folders of partitions on a broker's volume, those too that Kafka is about to delete, e.g. `events-7`. */
export async function logsOnDisk(cluster: Cluster, brokerId: number, signal: AbortSignal): Promise<string[]> {
  const script = `cd ${kafkaLogPath} && for entry in *; do if [ -d "$entry" ]; then echo "$entry"; fi; done`;
  const stdout = await run(cluster, brokerId, ['sh', '-c', script], signal);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Deletes folders of partitions by their names from a broker's volume. */
export async function deleteLogsOnDisk(
  cluster: Cluster,
  brokerId: number,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const paths = folders.map((folder) => `${kafkaLogPath}/${folder}`);
  await run(cluster, brokerId, ['rm', '-rf', '--', ...paths], signal);
}

async function run(
  { kube, spec }: Cluster,
  brokerId: number,
  command: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const pod = podOf(spec, brokerId);
  const options = { namespace: spec.namespace, pod, container: 'kafka', command: [...command] };
  const { exitCode, stdout, stderr } = await execInPod(kube, { ...options, timeoutMs: 15_000, signal });
  if (exitCode !== 0)
    throw new KafkaHaError('pod-failed', `${command[0]} in ${pod} failed: ${stderr.trim()}`);
  return stdout;
}
