export { drain } from './drain.ts';
export { exampleSpec } from './example-spec.ts';
export { kubeconfigOfServiceAccount } from './kubeconfig-of-service-account.ts';
export { freshNamespace, realCluster, removeNamespace, type RealCluster } from './real-cluster.ts';
