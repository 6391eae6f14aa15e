import { describe, expect, test } from '@jest/globals';
import { initConfig, kubeletFlags } from './kubeadm-config.ts';

type Document = { kind: string } & Record<string, unknown>;

const documents = initConfig('one')
  .split('\n---\n')
  .map((text) => JSON.parse(text) as Document);

const document = (kind: string) => documents.find((one) => one.kind === kind);

describe('kubeadm config', () => {
  test('kubeadm is given one document of each kind', () => {
    expect(documents.map(({ kind }) => kind)).toEqual([
      'InitConfiguration',
      'ClusterConfiguration',
      'KubeletConfiguration',
      'KubeProxyConfiguration',
    ]);
  });

  test('the API server has a certificate for the loopback, where it is forwarded to', () => {
    expect(document('ClusterConfiguration')).toMatchObject({ apiServer: { certSANs: ['127.0.0.1'] } });
  });

  test('images are those that the nodes hold, by name and version', () => {
    expect(document('ClusterConfiguration')).toMatchObject({
      kubernetesVersion: 'v1.35.4',
      imageRepository: 'kafka-ha.local',
      etcd: { local: { imageTag: '3.6.8' } },
    });
  });

  test('each node of each cluster has a cgroup of its own, and workers a zone', () => {
    expect(kubeletFlags('one', 0)).toEqual([
      { name: 'node-ip', value: '198.18.0.10' },
      { name: 'cgroup-root', value: '/kafka-ha-one/node-0' },
    ]);
    expect(kubeletFlags('two', 4, 3)).toEqual([
      { name: 'node-ip', value: '198.18.0.14' },
      { name: 'cgroup-root', value: '/kafka-ha-two/node-4' },
      { name: 'node-labels', value: 'topology.kubernetes.io/zone=zone-a' },
    ]);
  });
});
