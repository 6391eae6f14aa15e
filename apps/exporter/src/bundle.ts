import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The exporter as one CommonJS file for Node ≥ 20.15 that needs nothing beside it, small enough for a ConfigMap. */
export async function bundleExporter(): Promise<string> {
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
