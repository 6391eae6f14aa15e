import { describe, expect, test } from '@jest/globals';
import { createCommand, deleteCommand, loadCommand, nftCommand, nodesCommand } from './kind-commands.ts';

describe('kind commands', () => {
  test("kind's names begin with ours, so that it touches no other cluster, and no kubeconfig but the cluster's", () => {
    expect(createCommand('kind', 'dev').join(' ')).toBe(
      'kind create cluster --name kafka-ha-dev --kubeconfig /var/tmp/kafka-ha/dev/kubeconfig --config - --wait 180s',
    );
    expect(deleteCommand('/cache/kind', 'dev').join(' ')).toBe(
      '/cache/kind delete cluster --name kafka-ha-dev --kubeconfig /var/tmp/kafka-ha/dev/kubeconfig',
    );
  });

  test('images are loaded into the workers alone', () => {
    expect(loadCommand('kind', 'dev', 3, '/tmp/images.tar').join(' ')).toBe(
      'kind load image-archive /tmp/images.tar --name kafka-ha-dev --nodes kafka-ha-dev-worker,kafka-ha-dev-worker2,kafka-ha-dev-worker3',
    );
  });

  test('nodes are asked for inside the control plane', () => {
    expect(nodesCommand('dev').join(' ')).toBe(
      'docker exec kafka-ha-dev-control-plane kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes --output json',
    );
  });

  test('rules are checked there, and not applied', () => {
    expect(nftCommand('dev').join(' ')).toBe(
      'docker exec --interactive kafka-ha-dev-control-plane nft --check --file -',
    );
  });
});
