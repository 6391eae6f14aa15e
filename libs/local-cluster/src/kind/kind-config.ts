import { versions } from '../versions.ts';
import { zoneOf } from '../zones.ts';

/** What `kind create cluster --config` reads: JSON, which is YAML as well. */
export function kindConfig(workers: number, zones: number): string {
  const node = (role: string, labels: Record<string, string>) => ({ role, image: versions.kindNode, labels });
  const config = {
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    kind: 'Cluster',
    nodes: [
      node('control-plane', {}),
      ...Array.from({ length: workers }, (_, index) =>
        node('worker', { 'topology.kubernetes.io/zone': zoneOf(index + 1, zones) }),
      ),
    ],
  };
  return JSON.stringify(config, null, 2);
}
