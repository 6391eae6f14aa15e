/** Brokers in memory, and the requests for which a test gives them answers. */
export {
  alterPartitionReassignmentsApi,
  describeConfigsApi,
  describeLogDirsApi,
  incrementalAlterConfigsApi,
  listPartitionReassignmentsApi,
  metadataApi,
} from '@kafka-ha/kafka-protocol';
export { aTopic, FakeCluster, type FakeTopic } from './testing/fake-cluster.ts';
