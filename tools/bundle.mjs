// Bundles an action into one CommonJS file that needs nothing beside it: `node tools/bundle.mjs apps/deploy`. The
// licences of all that is in it go beside it.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const [app, outdir = join(app ?? '', 'dist')] = process.argv.slice(2);
if (app === undefined) throw new Error('usage: node tools/bundle.mjs APP [OUTDIR]');

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: [join(app, 'src/index.ts')],
  bundle: true,
  platform: 'node',
  // The actions ask for node24; the test command runs them on 20 as well.
  target: 'node20',
  format: 'cjs',
  minify: true,
  // A stack trace of a bug report should name functions.
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  write: false,
});
const [{ contents }] = outputFiles;
await mkdir(resolve(root, outdir), { recursive: true });
await writeFile(resolve(root, outdir, 'index.cjs'), contents);
await writeFile(resolve(root, outdir, 'licenses.txt'), await licencesOf(packagesIn(metafile)));
console.log(`${join(outdir, 'index.cjs')}: ${contents.length} bytes`);

/** The folders of the packages from which something is in the bundle. */
function packagesIn({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort();
}

async function licencesOf(folders) {
  const parts = await Promise.all(folders.map((folder) => licenceOf(resolve(root, folder))));
  return `${[...new Set(parts)].join(`\n${'-'.repeat(80)}\n\n`)}`;
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (license === undefined) throw new Error(`${name} ${version} does not say its licence`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  const text = file === undefined ? '' : `\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
  return `${name} ${version}, ${license}\n${text}`;
}
