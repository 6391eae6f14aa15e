import { fileURLToPath } from 'node:url';
import type { ClientName } from '@kafka-ha/history';
import { build } from 'esbuild';

const programs: Record<ClientName, string> = {
  own: 'main.ts',
  kafkajs: 'main-kafkajs.ts',
  java: 'main-java.ts',
};

/** The workload as one CommonJS file for Node ≥ 20.15 that needs nothing beside it, small enough for a ConfigMap. */
export async function bundleWorkload(client: ClientName = 'own'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(programs[client], import.meta.url))],
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
