export { listLocalClusters } from './cluster-state.ts';
export { downLocalCluster } from './down-local-cluster.ts';
export { kubectlCommand } from './kubectl-command.ts';
export { localClusterFor } from './local-cluster-for.ts';
export { localClusterAt, localClusterStatus, runningLocalCluster } from './local-cluster-status.ts';
export type {
  ImageVersions,
  LocalCluster,
  LocalClusterStatus,
  NodeStatus,
  Provider,
  UpOptions,
  VolumeSizes,
} from './local-cluster.ts';
export { nodeFaults, type NodeFaults } from './namespaces/node-faults.ts';
export { recycleVolumes } from './namespaces/recycle-volumes.ts';
export { upLocalCluster } from './up-local-cluster.ts';
export { defaultImages } from './software.ts';
