export { accountToken, lastingAccountToken, type AccountToken } from './account-token.ts';
export { acquireLease, type LeaseOptions } from './acquire-lease.ts';
export { applyObject, type AppliedObject, type ApplyOptions } from './apply-object.ts';
export { checkAccess, type Access } from './check-access.ts';
export type { Fence } from './open-kube.ts';
export { fencedBy, withoutLease, type FencedKube } from './fence.ts';
export { execInPod, readInPod, type ExecOptions, type ExecResult } from './exec-in-pod.ts';
export type { Lease } from './keep-lease.ts';
export { describeRef, refOf, type KubeObject, type ObjectMeta, type ObjectRef } from './kube-object.ts';
export {
  deleteObject,
  getObject,
  listObjects,
  patchObject,
  type DeleteOptions,
  type Selection,
} from './objects.ts';
export { inClusterKubeconfig } from './in-cluster-kubeconfig.ts';
export { kubeconfigOf } from './kubeconfig-of.ts';
export { openKube, type Kube, type KubeSource } from './open-kube.ts';
export { openTunnel, type TunnelOptions } from './open-tunnel.ts';
export { isReady, type ContainerState, type ContainerStatus, type Pod, type PodCondition } from './pod.ts';
export { describeEvent, objectEvents, podEvents, type ObjectEvent } from './pod-events.ts';
export { podLogs, type LogOptions } from './pod-logs.ts';
export { pruneObjects, type PruneOptions } from './prune-objects.ts';
export { resizePod, type ContainerRequests } from './resize-pod.ts';
export { request, type ApiAnswer, type ApiCall } from './request.ts';
export { admissionHint } from './creation-failure.ts';
export { serverVersion } from './server-version.ts';
export type { StatefulSet } from './stateful-set.ts';
export { elapsedSince, momentOf, type Moment } from './moment.ts';
export { tryEviction, type Eviction } from './try-eviction.ts';
export { tryPatch } from './try-patch.ts';
export { waitForPod, type PodWait } from './wait-for-pod.ts';
export { waitForStatefulSet, type StatefulSetWait } from './wait-for-stateful-set.ts';
