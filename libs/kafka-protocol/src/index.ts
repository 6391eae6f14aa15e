export type { Api } from './api.ts';
export {
  array,
  bytes,
  decode,
  encode,
  int16,
  int32,
  int64,
  noUuid,
  nullableArray,
  nullableString,
  string,
  struct,
  tags,
  type Codec,
  type Cursor,
  type ValueOf,
} from './codec.ts';
export { ERROR, errorName, RETRIABLE } from './error-name.ts';
export { decodeAnswer, encodeRequest } from './framing.ts';
export { MessageSplitter } from './message-splitter.ts';
export { alterPartitionReassignmentsApi } from './messages/alter-partition-reassignments.ts';
export { apiVersionsApi, CLIENT_SOFTWARE, type ApiVersions } from './messages/api-versions.ts';
export { brokerHeartbeatApi } from './messages/broker-heartbeat.ts';
export {
  consumerAssignment,
  consumerSubscription,
  type ConsumerAssignment,
} from './messages/consumer-protocol.ts';
export { createPartitionsApi } from './messages/create-partitions.ts';
export { createTopicsApi } from './messages/create-topics.ts';
export { deleteGroupsApi } from './messages/delete-groups.ts';
export { deleteTopicsApi } from './messages/delete-topics.ts';
export { ALL_QUOTAS, describeClientQuotasApi, type ClientQuotas } from './messages/describe-client-quotas.ts';
export {
  describeClusterApi,
  describeFencedBrokersApi,
  ENDPOINT,
  FENCED_BROKERS,
} from './messages/describe-cluster.ts';
export { describeConfigsApi, RESOURCE } from './messages/describe-configs.ts';
export { describeLogDirsApi } from './messages/describe-log-dirs.ts';
export { describeQuorumApi, METADATA_LOG, type DescribedQuorum } from './messages/describe-quorum.ts';
export { ELECTION, electLeadersApi } from './messages/elect-leaders.ts';
export { fetchApi } from './messages/fetch.ts';
export { COORDINATED, findCoordinatorApi } from './messages/find-coordinator.ts';
export { heartbeatApi } from './messages/heartbeat.ts';
export { incrementalAlterConfigsApi, OPERATION } from './messages/incremental-alter-configs.ts';
export { initProducerIdApi } from './messages/init-producer-id.ts';
export { joinGroupApi } from './messages/join-group.ts';
export { leaveGroupApi } from './messages/leave-group.ts';
export { listGroupsApi } from './messages/list-groups.ts';
export { listOffsetsApi } from './messages/list-offsets.ts';
export { listPartitionReassignmentsApi } from './messages/list-partition-reassignments.ts';
export { metadataApi, metadataRequest, type Metadata } from './messages/metadata.ts';
export { offsetCommitApi } from './messages/offset-commit.ts';
export { offsetFetchApi } from './messages/offset-fetch.ts';
export { produceApi } from './messages/produce.ts';
export { syncGroupApi } from './messages/sync-group.ts';
export { unregisterBrokerApi } from './messages/unregister-broker.ts';
export { UPGRADE_TYPE, updateFeaturesApi } from './messages/update-features.ts';
export {
  decodeRecordBatches,
  encodeRecordBatch,
  type BatchRecord,
  type RecordBatch,
} from './record-batch.ts';
