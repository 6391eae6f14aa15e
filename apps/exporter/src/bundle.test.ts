import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { bundleExporter } from './bundle.ts';
import { withExporter } from './with-exporter.ts';

describe('bundle', () => {
  test('the exporter fits into a ConfigMap several times, and carries no client of Kubernetes', async () => {
    const program = await bundleExporter();
    expect(Buffer.byteLength(program)).toBeLessThan(320 * 1024);
    expect(program).not.toContain('kubeconfig');
  }, 120_000);

  test('a spec without metrics stays as it is', async () => {
    const spec = aSpec();
    expect(await withExporter(spec)).toBe(spec);
  });

  test('the program starts with its spec alone, and ends when it is told to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exporter-'));
    const spec = await withExporter(aSpec({ metrics: {} }));
    await writeFile(join(folder, 'exporter.cjs'), spec.metrics?.program ?? '');
    await writeFile(join(folder, 'spec.json'), JSON.stringify(aSpec({ metrics: {} })));
    const child = spawn(process.execPath, [join(folder, 'exporter.cjs')], {
      env: { KAFKA_HA_EXPORTER_SPEC: join(folder, 'spec.json') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      const [said] = (await once(child.stderr, 'data')) as [Buffer];
      expect(said.toString()).toContain('serves /metrics on port 9404, reads kafka/events every 15 s');
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
