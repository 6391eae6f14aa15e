import { expect, test } from '@jest/globals';
import { kindConfig } from './kind-config.ts';

type Config = { nodes: { role: string; image: string; labels: Record<string, string> }[] };

const { nodes } = JSON.parse(kindConfig(5, 3)) as Config;

test('one control plane and the workers, spread over the zones', () => {
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
  for (const { image } of nodes) expect(image).toMatch(/^kindest\/node:v1\.35\.\d+@sha256:[0-9a-f]{64}$/);
});
