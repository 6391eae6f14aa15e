import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { aKubeconfig } from '@kafka-ha/kube/testing';

/** An operation that has nothing to do: here it is about what is printed at its end. */
async function* nothing(): AsyncGenerator<never, void> {}

jest.unstable_mockModule('@kafka-ha/operations', () => ({ abortScale: nothing }));
jest.unstable_mockModule('@kafka-ha/local-cluster', () => ({ downLocalCluster: nothing }));
const { runHere } = await import('./testing/run-here.ts');

describe('JSON documents', () => {
  test('a scale that was aborted says of which cluster', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
    try {
      const [file, kubeconfig] = [join(folder, 'cluster.yaml'), join(folder, 'kubeconfig')];
      await writeFile(file, 'name: events\n');
      await writeFile(kubeconfig, aKubeconfig());
      const target = ['--file', file, '--kubeconfig', kubeconfig];
      expect(await documentOf(['scale', '--abort', ...target])).toEqual({
        aborted: { name: 'events', namespace: 'kafka' },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a local cluster that was taken down is named', async () => {
    expect(await documentOf(['local', 'down', '--name', 'tried'])).toEqual({ down: { name: 'tried' } });
  });

  async function documentOf(args: readonly string[]): Promise<unknown> {
    const { exitCode, stdout } = await runHere([...args, '--json']);
    expect(exitCode).toBe(0);
    return JSON.parse(stdout);
  }
});
