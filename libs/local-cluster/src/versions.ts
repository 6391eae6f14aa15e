import { workloadNode } from '@kafka-ha/config';
import { byComponent } from '@kafka-ha/manifests';
import type { VolumeSizes } from './local-cluster.ts';

/** Kubernetes, etcd and CoreDNS must agree with go/kubernetes/go.mod, where they are fetched from. */
export const versions = {
  kubernetes: '1.35.4',
  etcd: '3.6.8',
  coredns: '1.14.2',
  pause: '3.10.1',
  node: workloadNode,
  kind: '0.33.0',
  /** kind nodes run an image that was made for them; it lags a patch behind what the other provider compiles. */
  kindNode: 'kindest/node:v1.35.0@sha256:452d707d4862f52530247495d180205e029056831160e22870e37e3f6c1ac31f',
};

/** Of every component: in the middle of a migration a cluster has them all. */
export const defaultVolumes: VolumeSizes = byComponent((component) => (component === 'kafka' ? 10 : 2));
