export { aTopic, FakeCluster, type FakeTopic } from './testing/fake-cluster.ts';
