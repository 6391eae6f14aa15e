import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles the workload into one CommonJS file for Node ≥ 20.15 that needs nothing beside it.
 *
 * @param {{ outfile?: string }} [options] where to write it; left out, it is only returned
 * @returns {Promise<{ text: string, bytes: number }>}
 */
export async function buildWorkload({ outfile } = {}) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/main.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    write: false,
  });
  const [{ text, contents }] = outputFiles;
  if (outfile) {
    const { mkdir, writeFile } = await import('node:fs/promises');
    await mkdir(fileURLToPath(new URL('.', `file://${outfile}`)), { recursive: true });
    await writeFile(outfile, contents);
  }
  return { text, bytes: contents.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outfile = fileURLToPath(new URL('dist/workload.cjs', import.meta.url));
  const { bytes } = await buildWorkload({ outfile });
  console.log(`${outfile}: ${bytes} bytes`);
}
