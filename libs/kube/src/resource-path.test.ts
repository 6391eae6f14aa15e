import { describe, expect, test } from '@jest/globals';
import { collectionPath, objectPath } from './resource-path.ts';

describe('resource path', () => {
  test.each([
    [{ apiVersion: 'v1', kind: 'Pod', namespace: 'kafka', name: 'a-0' }, '/api/v1/namespaces/kafka/pods/a-0'],
    [
      { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'kafka', name: 'a' },
      '/apis/apps/v1/namespaces/kafka/statefulsets/a',
    ],
    [
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'kafka', name: 'a' },
      '/apis/apps/v1/namespaces/kafka/deployments/a',
    ],
    [{ apiVersion: 'v1', kind: 'Namespace', name: 'kafka' }, '/api/v1/namespaces/kafka'],
    [
      { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', namespace: 'ignored', name: 'gp3' },
      '/apis/storage.k8s.io/v1/storageclasses/gp3',
    ],
  ])('%j is at %s', (ref, path) => {
    expect(objectPath(ref)).toBe(path);
  });

  test('without a namespace the objects of all namespaces are meant', () => {
    expect(collectionPath({ apiVersion: 'v1', kind: 'Pod' })).toBe('/api/v1/pods');
  });

  test('a kind that is not known is a defect', () => {
    expect(() => collectionPath({ apiVersion: 'v1', kind: 'DaemonSet' })).toThrow('kind DaemonSet');
  });
});
