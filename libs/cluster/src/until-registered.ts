import { waitFor } from '@kafka-ha/base';
import { readCluster, type BrokerState, type KafkaConnection } from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import type { Cluster } from './cluster.ts';

const registeredWithinMs = 60_000;

/**
 * Waits until the broker that is asked knows of every broker of the spec, and returns them. One that is ready has registered,
 * but the others hear of it from the controller, which on a busy machine takes a moment more.
 */
export async function untilRegistered(
  { spec, signal }: Cluster,
  kafka: KafkaConnection,
): Promise<readonly BrokerState[]> {
  return await waitFor(
    `brokers 0 to ${spec.brokers - 1} to be registered`,
    async () => {
      const { brokers } = await readCluster(kafka);
      return ordinals(spec.brokers).every((id) => brokers.some((broker) => broker.id === id)) && brokers;
    },
    { deadlineMs: registeredWithinMs, intervalMs: 500, signal },
  );
}
