import type { FindingCode } from './finding-catalogue.ts';

/** What nobody can find who does not look at Kubernetes. */
export const kubernetesFindings: readonly FindingCode[] = [
  'statefulset-missing',
  'statefulset-replicas-differ',
  'broker-fenced',
  'controller-volume-empty',
  'pod-missing',
  'pod-waiting',
  'pod-not-ready',
  'zookeeper-server-missing',
  'controller-missing',
  'brokers-share-node',
  'zookeeper-share-node',
  'stale-registration',
  'pod-restarted',
  'pods-outdated',
  'statefulset-not-observed',
  'broker-rack-differs',
  'zone-holds-too-many',
  'zones-not-heeded',
];
