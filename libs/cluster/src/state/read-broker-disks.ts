import type { BrokerDisk } from '@kafka-ha/health';
import { readDisks, type KafkaConnection } from '@kafka-ha/kafka';
import { reading } from './reading.ts';

/**
 * How full each broker's volume is, as the broker itself sees it: so whoever looks needs no right to run a command in a pod.
 * The kubelet's own figures need rights on nodes that a namespaced Role cannot give.
 */
export async function readBrokerDisks(
  kafka: KafkaConnection,
  brokerIds: readonly number[],
): Promise<BrokerDisk[]> {
  return await Promise.all(
    brokerIds.map(async (brokerId) => ({
      brokerId,
      usage: await reading(async () => {
        const disks = await readDisks(kafka, brokerId);
        const sum = (key: 'usedBytes' | 'sizeBytes') => disks.reduce((total, disk) => total + disk[key], 0);
        return { usedBytes: sum('usedBytes'), sizeBytes: sum('sizeBytes') };
      }),
    })),
  );
}
