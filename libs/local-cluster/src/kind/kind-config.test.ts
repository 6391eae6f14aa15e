import { describe, expect, test } from '@jest/globals';
import { kindConfig } from './kind-config.ts';

type Config = {
  kubeadmConfigPatches: string[];
  nodes: { role: string; image: string; labels: Record<string, string> }[];
};

const configOf = (environment: NodeJS.ProcessEnv = {}) => JSON.parse(kindConfig(5, 3, environment)) as Config;

describe('kindConfig', () => {
  test('one control plane and the workers, spread over the zones', () => {
    const { nodes } = configOf();
    expect(nodes.map(({ role }) => role)).toEqual(['control-plane', ...Array<string>(5).fill('worker')]);
    expect(nodes.slice(1).map(({ labels }) => labels['topology.kubernetes.io/zone'])).toEqual([
      'zone-a',
      'zone-b',
      'zone-c',
      'zone-a',
      'zone-b',
    ]);
  });

  test('every node runs an image that is pinned by its digest', () => {
    for (const { image } of configOf().nodes)
      expect(image).toMatch(/^kindest\/node:v1\.35\.\d+@sha256:[0-9a-f]{64}$/);
  });

  test('another node image can be named', () => {
    const { nodes } = configOf({ KAFKA_HA_KIND_NODE_IMAGE: 'kindest/node:here' });
    expect(new Set(nodes.map(({ image }) => image))).toEqual(new Set(['kindest/node:here']));
  });

  test('kubelets start on a machine of cgroup v1, too', () => {
    expect(configOf().kubeadmConfigPatches.map((patch) => JSON.parse(patch) as unknown)).toEqual([
      expect.objectContaining({ kind: 'KubeletConfiguration', failCgroupV1: false }),
    ]);
  });
});
