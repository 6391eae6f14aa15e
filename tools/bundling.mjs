// What the tools that bundle share: how a bundle is made, and the licences of what is in it.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export const root = new URL('..', import.meta.url).pathname;

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // The actions ask for node24; the test command runs them on 20 as well.
  target: 'node20',
  minify: true,
  // A stack trace of a bug report should name functions.
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  write: false,
};

/** One CommonJS file that needs nothing beside it, and the folders of the packages from which something is in it. */
export async function bundleProgram(entryPoint, plugins = []) {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: [entryPoint],
    format: 'cjs',
    plugins,
  });
  const [{ contents, text }] = outputFiles;
  return { contents, text, packages: packagesIn(metafile) };
}

/** An ES module and those that it loads later, in a folder `lib`. */
export async function bundleModules(entryPoint, plugins = []) {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: [entryPoint],
    format: 'esm',
    splitting: true,
    outdir: '/',
    entryNames: 'lib/[name]',
    chunkNames: 'lib/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    // The packages that are CommonJS ask for Node's modules this way.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins,
  });
  const files = outputFiles.map(({ path, contents }) => ({ name: path.slice(1), contents }));
  return { files, packages: packagesIn(metafile) };
}

/** The text of the licences of packages that are in folders of node_modules. */
export async function licencesOf(folders) {
  const parts = await Promise.all(
    [...new Set(folders)].sort().map((folder) => licenceOf(resolve(root, folder))),
  );
  return [...new Set(parts)].join(`\n${'-'.repeat(80)}\n\n`);
}

function packagesIn({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)];
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (license === undefined) throw new Error(`${name} ${version} does not say its licence`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  const text = file === undefined ? '' : `\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
  return `${name} ${version}, ${license}\n${text}`;
}
