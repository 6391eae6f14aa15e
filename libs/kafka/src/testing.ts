/** Brokers in memory, and the requests for which a test gives them answers. */
export { alterPartitionReassignmentsApi } from './protocol/alter-partition-reassignments.ts';
export { describeConfigsApi } from './protocol/describe-configs.ts';
export { incrementalAlterConfigsApi } from './protocol/incremental-alter-configs.ts';
export { listPartitionReassignmentsApi } from './protocol/list-partition-reassignments.ts';
export { metadataApi } from './protocol/metadata.ts';
export { aTopic, FakeCluster, type FakeTopic } from './testing/fake-cluster.ts';
