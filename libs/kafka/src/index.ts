export { alterBrokerConfigs, type BrokerEntity, alterTopicConfigs } from './alter-configs.ts';
export {
  leaderEpochs,
  newestTopics,
  outdatedPoints,
  readViews,
  type BrokerView,
  type LeaderEpochs,
  type Truth,
} from './broker-views.ts';
export { cancelReassignments, startReassignments, type PartitionOf } from './alter-reassignments.ts';
export { Connections, type ConnectionsOptions } from './connections.ts';
export { createPartitions } from './create-partitions.ts';
export { createTopics, type CreatedTopics, type NewTopic } from './create-topics.ts';
export { deleteTopics } from './delete-topics.ts';
export type { Address, Dial } from './dial.ts';
export type { FencedKafka } from './kafka-connection.ts';
export { electLeaders, type Election } from './elect-leaders.ts';
export { KafkaConnection, type ConnectOptions } from './kafka-connection.ts';
export { listReassignments, type OngoingReassignment } from './list-reassignments.ts';
export { probeHeaders, proveWritePath, type ProveOptions, type RoundTrip } from './prove-write-path.ts';
export { readCluster, type BrokerState, type ClusterState } from './read-cluster.ts';
export {
  readBrokerConfigs,
  readDefaultBrokerConfigs,
  readTopicConfigs,
  type ConfigEntry,
  type ConfigQuery,
  type Configs,
  type ConfigSource,
} from './read-configs.ts';
export { readDisks, type DiskState, readReplicaSizes, type ReplicaSize } from './read-log-dirs.ts';
export { groupOffsetsInParts, readGroupOffsets, type GroupOffset } from './read-group-offsets.ts';
export { readOffsets, type LedTopic, type LogOffset, type OffsetsOf } from './read-offsets.ts';
export { readEndOffsets, type EndOffsets } from './read-end-offsets.ts';
export { readTopics, topicStates, type PartitionMetadata, type TopicMetadata } from './read-topics.ts';
export type { Assignment, Controller, Registry, Spokesman } from './registry.ts';
export { readRegistrations, type Registration } from './read-registrations.ts';
export { updateFeature, whyNotUpdated, type FeatureUpdate } from './update-feature.ts';
export { unregisterBrokers } from './unregister-brokers.ts';
export { readAssigned, type Assigned } from './read-assigned.ts';
export { readQuotas, type Quota } from './read-quotas.ts';
