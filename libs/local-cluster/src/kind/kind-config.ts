import { versions } from '../versions.ts';
import { zoneOf } from '../zones.ts';

/**
 * What `kind create cluster --config` reads: JSON, which is YAML as well. The nodes run the pinned image, or the one that
 * KAFKA_HA_KIND_NODE_IMAGE names.
 */
export function kindConfig(
  workers: number,
  zones: number,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const image = environment['KAFKA_HA_KIND_NODE_IMAGE'] || versions.kindNode;
  const node = (role: string, labels: Record<string, string>) => ({ role, image, labels });
  const config = {
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    kind: 'Cluster',
    kubeadmConfigPatches: [JSON.stringify(kubelet)],
    nodes: [
      node('control-plane', {}),
      ...Array.from({ length: workers }, (_, index) =>
        node('worker', { 'topology.kubernetes.io/zone': zoneOf(index + 1, zones) }),
      ),
    ],
  };
  return JSON.stringify(config, null, 2);
}

/** Kubelet 1.35 refuses a machine of cgroup v1 unless told: older distributions, and WSL2. */
const kubelet = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  failCgroupV1: false,
};
