import type { KafkaConnection } from './kafka-connection.ts';

export type ClusterState = {
  clusterId: string | null;
  /** The active controller, as the broker that was asked has it. */
  controllerId: number;
  brokers: readonly BrokerState[];
};

/** A registered broker with the address that it advertises. */
export type BrokerState = { id: number; host: string; port: number; rack?: string };

/** As the controller has it. */
export async function readCluster(kafka: KafkaConnection): Promise<ClusterState> {
  const { clusterId, controllerId, brokers } = await kafka.readMetadata([]);
  return {
    clusterId,
    controllerId,
    brokers: brokers
      .map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, ...(rack === null ? {} : { rack }) }))
      .sort((a, b) => a.id - b.id),
  };
}
