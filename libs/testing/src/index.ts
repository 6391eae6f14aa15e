export { drain } from './drain.ts';
export { exampleSpec } from './example-spec.ts';
export { kubeconfigOfServiceAccount } from './kubeconfig-of-service-account.ts';
export { cancelAt, killAt, suspendAt } from './signals.ts';
export {
  freshNamespace,
  localClusterOf,
  realCluster,
  removeNamespace,
  type RealCluster,
} from './real-cluster.ts';
