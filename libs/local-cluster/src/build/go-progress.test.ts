import { describe, expect, test } from '@jest/globals';
import { goProgress } from './go-progress.ts';

describe('goProgress', () => {
  test('packages are counted against the total, and modules named while they are fetched', () => {
    const said: string[] = [];
    const { download, compile } = goProgress((detail) => said.push(detail));
    download('go: downloading k8s.io/api v0.35.4');
    compile('go: downloading github.com/spf13/cobra v1.10.0', 3);
    compile('internal/abi', 3);
    compile('k8s.io/kubernetes/cmd/kubelet/app', 3);
    expect(said).toEqual([
      'downloading k8s.io/api',
      'downloading github.com/spf13/cobra',
      '1 of at most 3 packages',
      '2 of at most 3 packages',
    ]);
  });
});
