export { drain } from './drain.ts';
export { exampleSpec } from './example-spec.ts';
export { freshNamespace, realCluster, removeNamespace, type RealCluster } from './real-cluster.ts';
