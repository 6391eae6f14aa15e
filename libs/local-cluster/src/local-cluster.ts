import type { Component } from '@kafka-ha/manifests';
import type { ImageVersions } from './software.ts';

export type { ImageVersions } from './software.ts';

/** What a running cluster is: enough for a client to reach it. */
export type LocalCluster = {
  name: string;
  kubeconfigPath: string;
  provider: Provider;
  /** Control plane first, then the workers. */
  nodes: string[];
};

/** `kind`: containers of a Docker daemon. `namespaces`: Linux namespaces of this machine, as root. */
export type Provider = 'kind' | 'namespaces';

export type UpOptions = {
  name: string;
  workers: number;
  /** `auto`: kind where a Docker daemon answers, else namespaces. */
  provider?: Provider | 'auto';
  /** Workers are spread over zone-a, zone-b, … in turn; 3 unless told. */
  zones?: number;
  /** What pods can start; kind's nodes are given these, and pull what else a pod asks for. */
  images?: ImageVersions;
  /** Sizes in GiB of the volumes that each worker offers, one for each kind of pod; kind makes volumes on demand. */
  volumes?: VolumeSizes;
  signal: AbortSignal;
};

export type VolumeSizes = Record<Component, number>;

export type LocalClusterStatus =
  | { kind: 'absent'; name: string }
  | { kind: 'broken'; name: string; provider: Provider; reason: string }
  | {
      kind: 'running';
      name: string;
      provider: Provider;
      kubeconfigPath: string;
      nodes: NodeStatus[];
      versions: { kubernetes: string } & ImageVersions;
    };

export type NodeStatus = { name: string; ready: boolean; zone: string | null };
