import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runKafkaHa } from '../testing.ts';

describe('init', () => {
  test('in a script init writes all, says what to do next, and a second time nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-init-'));
    try {
      const refused = await runKafkaHa(['init', folder, '--yes', '--brokers', '4', '--tolerance', '2']);
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('(3 + 2 = 5)') });
      expect(await readdir(folder)).toEqual([]);

      const first = await runKafkaHa(['init', folder, '--yes', '--name', 'orders']);
      expect(first).toMatchObject({ exitCode: 0, stderr: '' });
      expect(first.stdout).toContain('6 files written: orders keeps its promise, any 2 of its 5 brokers');
      expect(first.stdout).toContain(`kafka-ha validate --file ${folder}/kafka-ha.yaml`);
      expect(first.stdout).toContain(
        `kafka-ha kubeconfig --file ${folder}/kafka-ha.yaml --expires 90d | (cd ${folder} && gh secret set KUBECONFIG --env production)`,
      );
      expect((await readdir(join(folder, '.github/workflows'))).sort()).toEqual(
        ['deploy', 'failover', 'health', 'plan', 'validate'].map((name) => `${name}.yml`),
      );

      const second = await runKafkaHa(['init', folder, '--yes', '--name', 'others', '--json']);
      expect(second.exitCode).toBe(1);
      expect(JSON.parse(second.stdout)).toMatchObject({ error: { code: 'conflict' } });
      expect(await readFile(join(folder, 'kafka-ha.yaml'), 'utf8')).toMatch(/^name: orders$/m);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 240_000);
});
