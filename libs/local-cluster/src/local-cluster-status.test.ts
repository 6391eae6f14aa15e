import { describe, expect, test } from '@jest/globals';
import { localClusterAt } from './local-cluster-status.ts';

describe('localClusterStatus', () => {
  test.each([
    '/home/ann/.kube/config',
    '/var/tmp/kafka-ha/no-such-cluster/kubeconfig',
    '/var/tmp/kafka-ha/kubeconfig',
    '/a/kubeconfig:/another/kubeconfig',
  ])('the kubeconfig %s is of no local cluster', async (path) => {
    expect(await localClusterAt(path)).toBeUndefined();
  });
});
