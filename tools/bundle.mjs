// Bundles an action into one CommonJS file that needs nothing beside it: `node tools/bundle.mjs apps/deploy`. The
// licences of all that is in it go beside it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { bundleProgram, licencesOf, root } from './bundling.mjs';

const [app, outdir = join(app ?? '', 'dist')] = process.argv.slice(2);
if (app === undefined) throw new Error('usage: node tools/bundle.mjs APP [OUTDIR]');

/**
 * A file that finds others by its own place finds them from the bundle as well, whose place is `dist` of its app: whoever uses an
 * action has the whole repository at its tag.
 */
const placesOfSources = {
  name: 'places of sources',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const place = JSON.stringify(relative(resolve(root, app, 'dist'), path));
      const url = `require('node:url').pathToFileURL(require('node:path').join(__dirname, ${place}))`;
      return { contents: text.replaceAll('import.meta.url', url), loader: 'ts' };
    });
  },
};

const { dependencies } = JSON.parse(await readFile(resolve(root, app, 'package.json'), 'utf8'));
const packages = await bundle(join(app, 'src/index.ts'), 'index.cjs');
// The load of a drill runs inside the cluster: a program of its own.
if ('@kafka-ha/workload' in dependencies)
  packages.push(...(await bundle('libs/workload/src/main.ts', 'workload.cjs')));
// So does the exporter of metrics.
if ('@kafka-ha/exporter' in dependencies)
  packages.push(...(await bundle('apps/exporter/src/main.ts', 'exporter.cjs')));
await write('licenses.txt', await licencesOf(packages));

/** Returns the folders of the packages from which something is in it. */
async function bundle(entryPoint, name) {
  const { contents, packages } = await bundleProgram(entryPoint, [placesOfSources]);
  await write(name, contents);
  console.log(`${join(outdir, name)}: ${contents.length} bytes`);
  return packages;
}

async function write(name, contents) {
  await mkdir(resolve(root, outdir), { recursive: true });
  await writeFile(resolve(root, outdir, name), contents);
}
