export { fakeObjects, type Refuse } from './testing/fake-objects.ts';
export { answerAsZookeeper, type Said } from './testing/zookeeper-pods.ts';
