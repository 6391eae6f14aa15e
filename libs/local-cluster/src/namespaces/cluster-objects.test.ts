import { describe, expect, test } from '@jest/globals';
import { clusterObjects } from './cluster-objects.ts';

type Item = { kind: string; metadata: { name: string; annotations?: Record<string, string> } } & Record<
  string,
  unknown
>;

const { items } = clusterObjects(2, { kafka: 10, zookeeper: 2, controller: 2 }) as { items: Item[] };

const ofKind = (kind: string) => items.filter((item) => item.kind === kind);

describe('clusterObjects', () => {
  test('each worker offers a volume of its real size for each kind of pod, on that worker alone', () => {
    const volumes = ofKind('PersistentVolume');
    expect(volumes.map(({ metadata }) => metadata.name)).toEqual([
      'node-1-kafka',
      'node-1-zookeeper',
      'node-1-controller',
      'node-2-kafka',
      'node-2-zookeeper',
      'node-2-controller',
    ]);
    expect(volumes[4]).toMatchObject({
      spec: {
        capacity: { storage: '2Gi' },
        local: { path: '/mnt/volumes/zookeeper' },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ values: ['node-2'] }] }] } },
      },
    });
  });

  test('the storage class is the default and binds where the pod is placed', () => {
    expect(ofKind('StorageClass')).toMatchObject([
      {
        metadata: {
          name: 'local',
          annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
        },
        volumeBindingMode: 'WaitForFirstConsumer',
      },
    ]);
  });

  test('DNS is on the control plane and asks nobody outside', () => {
    const [deployment] = ofKind('Deployment');
    const containers = [{ command: ['coredns', '-conf', '/etc/coredns/Corefile'] }];
    expect(deployment).toMatchObject({ spec: { template: { spec: { nodeName: 'node-0', containers } } } });
    const [config] = ofKind('ConfigMap');
    expect(config?.['data']).toEqual({ Corefile: expect.not.stringContaining('forward') });
  });
});
