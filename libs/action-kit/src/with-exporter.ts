import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spec } from '@kafka-ha/config';

/** A spec with the exporter's program, where it has an exporter: in those actions that apply objects it is in the action's folder. */
export async function withExporter(spec: Spec, folder: string): Promise<Spec> {
  if (spec.metrics === null) return spec;
  try {
    const program = await readFile(join(folder, 'exporter.cjs'), 'utf8');
    return { ...spec, metrics: { ...spec.metrics, program } };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return spec;
    throw error;
  }
}
