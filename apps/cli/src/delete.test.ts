import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { clusterLabels } from '@kafka-ha/manifests';
import { runKafkaHa } from './testing.ts';

const labels = clusterLabels({ name: 'events' });
const there = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kafka' } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'events-kafka-0', namespace: 'kafka', labels } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'events-quorum', namespace: 'kafka', labels } },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data-events-kafka-0', namespace: 'kafka', labels },
  },
];

describe('delete', () => {
  test('delete says what it would remove, and removes it only when that is confirmed', async () => {
    await using fake = await fakeObjects(there, ({ path }) =>
      path === '/version' ? { json: { gitVersion: 'v1.35.4', major: '1', minor: '35' } } : undefined,
    );
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-delete-'));
    try {
      await writeFile(join(folder, 'kafka-ha.yaml'), 'name: events\nmode: kraft\n');
      await writeFile(join(folder, 'kubeconfig'), kubeconfigOf(fake.server.address() as AddressInfo));
      const target = ['--file', join(folder, 'kafka-ha.yaml'), '--kubeconfig', join(folder, 'kubeconfig')];

      const asked = await runKafkaHa(['delete', ...target]);
      expect(asked).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('Nothing was changed') });
      expect(asked.stdout).toContain('kafka/events in context here');
      expect(asked.stdout).toMatch(
        /would be removed: 0 pods, and\n +Service events-kafka-0\n +stays: 1 volume, and ConfigMap events-quorum\n/,
      );
      expect(fake.changes()).toEqual([]);

      const done = await runKafkaHa(['delete', '--yes', '--json', ...target]);
      expect({ exitCode: done.exitCode, document: JSON.parse(done.stdout) as unknown }).toEqual({
        exitCode: 0,
        document: {
          deleted: 'events',
          removed: ['Service events-kafka-0'],
          kept: ['PersistentVolumeClaim data-events-kafka-0', 'ConfigMap events-quorum'],
        },
      });
      expect(done.stderr).toContain('would be removed: 0 pods, and');
      const again = await runKafkaHa(['delete', ...target]);
      expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('nothing to remove') });
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 240_000);

  function kubeconfigOf({ port }: AddressInfo): string {
    const server = `http://127.0.0.1:${port}`;
    return JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'here' },
      clusters: [{ name: 'here', cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'ann', user: { token: 'secret' } }],
      contexts: [{ name: 'here', context: { cluster: 'here', user: 'ann' } }],
    });
  }
});
