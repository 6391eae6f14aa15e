import { KafkaHaError } from '@kafka-ha/errors';
import type { BrokerDisk } from '@kafka-ha/health';
import { readInPod } from '@kafka-ha/kube';
import { dataPath, podOf } from '@kafka-ha/manifests';
import { ordinals, type Cluster } from '../connect.ts';
import { reading } from './reading.ts';

/**
 * How full each broker's volume is, as `df` in its pod sees it: the kubelet's own figures need rights on nodes that a
 * namespaced Role cannot give.
 */
export async function readBrokerDisks({ kube, spec }: Cluster, signal: AbortSignal): Promise<BrokerDisk[]> {
  return await Promise.all(
    ordinals(spec.brokers).map(async (brokerId) => ({
      brokerId,
      usage: await reading(async () => {
        const pod = podOf(spec, brokerId);
        const { exitCode, stdout, stderr } = await readInPod(kube, {
          namespace: spec.namespace,
          pod,
          container: 'kafka',
          command: ['df', '-P', '-k', dataPath],
          timeoutMs: 5_000,
          signal,
        });
        if (exitCode !== 0) throw new KafkaHaError('pod-failed', `df in ${pod} failed: ${stderr.trim()}`);
        return parseDf(stdout);
      }),
    })),
  );
}

/** The one file system in the output of `df -P -k PATH`, in bytes. */
export function parseDf(output: string): { usedBytes: number; sizeBytes: number } {
  const [, sizeKiB, usedKiB] = output.trim().split('\n').at(-1)?.split(/\s+/) ?? [];
  if (!/^\d+$/.test(sizeKiB ?? '') || !/^\d+$/.test(usedKiB ?? ''))
    throw new KafkaHaError('internal', `cannot make sense of df: ${output}`);
  return { usedBytes: Number(usedKiB) * 1024, sizeBytes: Number(sizeKiB) * 1024 };
}
