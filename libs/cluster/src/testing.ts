export { fakeObjects, type FakeObjects, type Refuse } from './testing/fake-objects.ts';
export { answerAsZookeeper, type Said } from './testing/zookeeper-pods.ts';
export { FakeKraft } from './testing/kraft-nodes.ts';
export { answerAsKraft } from './testing/kraft-pods.ts';
export { largeCluster, type LargeCluster } from './testing/large-cluster.ts';
