export { alterBrokerConfigs, type BrokerEntity } from './alter-broker-configs.ts';
export { cancelReassignments, startReassignments, type PartitionOf } from './alter-reassignments.ts';
export { alterTopicConfigs } from './alter-topic-configs.ts';
export { createPartitions } from './create-partitions.ts';
export { createTopics, type CreatedTopics, type NewTopic } from './create-topics.ts';
export { deleteTopics } from './delete-topics.ts';
export type { Address, Dial } from './dial.ts';
export { electLeaders, type Election } from './elect-leaders.ts';
export { connectKafka, type ConnectOptions, type KafkaConnection } from './kafka-connection.ts';
export { listReassignments, type Reassignment } from './list-reassignments.ts';
export { proveWritePath, type ProveOptions, type RoundTrip } from './prove-write-path.ts';
export { readCluster, type BrokerState, type ClusterState } from './read-cluster.ts';
export {
  readBrokerConfigs,
  readDefaultBrokerConfigs,
  readTopicConfigs,
  type ConfigEntry,
  type Configs,
  type ConfigSource,
} from './read-configs.ts';
export { readDisks, type DiskState } from './read-disks.ts';
export { readReplicaSizes, type ReplicaSize } from './read-replica-sizes.ts';
export { readEndOffsets, type EndOffsets } from './read-end-offsets.ts';
export { readTopics, type PartitionState, type TopicState } from './read-topics.ts';
