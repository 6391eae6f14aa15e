import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { withExporter } from './with-exporter.ts';

let folder: string;

describe('withExporter', () => {
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'action-'))));
  afterAll(() => rm(folder, { recursive: true }));

  test('the program of the exporter is taken from beside the action, where there is one and the file has metrics', async () => {
    const spec = aSpec({ metrics: {} });
    expect(await withExporter(spec, folder)).toEqual(spec);
    await writeFile(join(folder, 'exporter.cjs'), 'run()');
    expect((await withExporter(spec, folder)).metrics).toEqual({ intervalMs: 15_000, program: 'run()' });
    expect((await withExporter(aSpec(), folder)).metrics).toBeNull();
  });
});
