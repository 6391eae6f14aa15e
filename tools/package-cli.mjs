// Makes the command-line tool a package of its own, which needs no other: `node tools/package-cli.mjs [VERSION] [OUTDIR]`. What the
// sources read beside `src` is beside `lib` there, so that a file finds it by its own place in both.
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { bundleModules, bundleProgram, licencesOf, root } from './bundling.mjs';
import { schemaOf } from './released-schema.mjs';

const cli = JSON.parse(await readFile(join(root, 'apps/cli/package.json'), 'utf8'));
const workspace = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const [version = cli.version, outdir = 'apps/cli/dist'] = process.argv.slice(2);
const folder = resolve(root, outdir);
const packages = [];
const bin = `#!/usr/bin/env -S node --max-semi-space-size=4
import { main } from '../lib/main.mjs';
process.exitCode = await main(process.argv);
`;

/** The programs that run inside a cluster, which the sources bundle when they need them. */
const programs = {
  'libs/workload/src/bundle.ts': {
    bundle: 'bundleWorkload',
    mains: { own: 'main.ts', kafkajs: 'main-kafkajs.ts', java: 'main-java.ts' },
  },
  'apps/exporter/src/bundle.ts': { bundle: 'bundleExporter', mains: { own: 'main.ts' } },
};

const bundledBeforehand = {
  name: 'programs that are bundled beforehand',
  setup({ onLoad }) {
    for (const [file, { bundle, mains }] of Object.entries(programs))
      onLoad({ filter: new RegExp(`/${file.replaceAll('.', '\\.')}$`) }, async () => {
        const texts = {};
        for (const [name, main] of Object.entries(mains)) {
          const program = await bundleProgram(join(dirname(file), main));
          packages.push(...program.packages);
          texts[name] = program.text;
        }
        const contents = `const texts = ${JSON.stringify(texts)};\nexport async function ${bundle}(name = 'own') { return texts[name]; }`;
        return { contents, loader: 'js' };
      });
  },
};

await rm(folder, { recursive: true, force: true });
const { files, packages: used } = await bundleModules('apps/cli/src/main.ts', [bundledBeforehand]);
for (const { name, contents } of files) await write(name, contents);
await write('bin/kafka-ha.mjs', bin);
await chmod(join(folder, 'bin/kafka-ha.mjs'), 0o755);
// A Kubernetes for a laptop is made from these.
for (const name of ['scripts', 'go'])
  await cp(join(root, 'libs/local-cluster', name), join(folder, name), { recursive: true });
for (const name of ['LICENSE', 'CHANGELOG.md']) await cp(join(root, name), join(folder, name));
await write('cluster.schema.json', schemaOf(version));
await cp(join(root, 'apps/cli/README.md'), join(folder, 'README.md'));
await write('licenses.txt', await licencesOf([...packages, ...used]));
await write('package.json', `${JSON.stringify(manifest(), null, 2)}\n`);
const bytes = files.reduce((sum, { contents }) => sum + contents.length, 0);
console.log(`${outdir}: kafka-ha ${version}, ${files.length} modules of ${bytes} bytes`);

function manifest() {
  return {
    name: 'kafka-ha',
    version,
    description: workspace.description,
    keywords: ['kafka', 'kubernetes', 'high-availability', 'zookeeper', 'kraft'],
    license: workspace.license,
    ...repository(),
    type: 'module',
    bin: { 'kafka-ha': 'bin/kafka-ha.mjs' },
    engines: workspace.engines,
  };
}

/** Where it is made, which npm compares with who publishes it: known where GitHub makes it. */
function repository() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  if (server === undefined || name === undefined) return {};
  return { repository: { type: 'git', url: `git+${server}/${name}.git` } };
}

async function write(name, contents) {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), contents);
}
