import { fileURLToPath } from 'node:url';
import type { Spec } from '@kafka-ha/config';

/** A spec with the exporter's program, where it has an exporter: what objects are rendered from. */
export async function withExporter(spec: Spec): Promise<Spec> {
  if (spec.metrics === null) return spec;
  return { ...spec, metrics: { ...spec.metrics, program: await bundleExporter() } };
}

/** The exporter as one CommonJS file for Node ≥ 20.15 that needs nothing beside it, small enough for a ConfigMap. */
export async function bundleExporter(): Promise<string> {
  // Only where there is an exporter: every command that reaches the cluster asks for one, and most files have none.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}
