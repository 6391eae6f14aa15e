// Programs that the checks and tests need, from package registries, kept in ~/.cache/kafka-ha: pinned, but for Debian's.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kafka-ha');
const prometheus = 'prometheus';

export const actionlint = () => goProgram('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12');

/** Runs workflows on this machine. */
export const act = () => goProgram('act', 'github.com/nektos/act@v0.2.89');

/** The wheel holds the program itself, so Python is needed to unpack it, not to run it. */
export const zizmor = () =>
  kept('zizmor-1.32.0', 'bin/zizmor', async (folder) => {
    if (!(await succeeds('python3', ['-m', 'pip', '--version'])))
      await run('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq python3-pip > /dev/null']);
    await run('python3', [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore'],
      ...['--no-deps', '--target', folder, 'zizmor==1.32.0'],
    ]);
  });

/** Runs a GitLab pipeline on this machine. */
export const gitlabCiLocal = () =>
  kept('gitlab-ci-local-4.70.0', 'node_modules/gitlab-ci-local/dist/index.js', (folder) =>
    run('npm', [
      ...['install', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder],
      'gitlab-ci-local@4.70.0',
    ]),
  );

/** A Node of that version, out of the package that has its binary. */
export const nodeProgram = (version) =>
  kept(`node-${version}`, 'bin/node', (folder) =>
    run('sh', [
      ...['-euc', 'cd "$1"; tar --strip-components=1 -xf "$(npm pack --silent "$2")"', 'sh', folder],
      `node-${process.platform}-${process.arch}@${version}`,
    ]),
  );

/**
 * Prometheus' own tool tests the alerts, and a long test has Prometheus itself look at a cluster. Unpacked beside what else is fetched:
 * the package would start a server.
 */
export const fetchPrometheus = () =>
  kept(prometheus, '', (folder) =>
    run('sh', [
      '-euc',
      'cd "$1"; apt-get update -qq; apt-get download -qq prometheus; dpkg -x prometheus_*.deb .; rm prometheus_*.deb',
      ...['sh', folder],
    ]),
  );

/** Where the programs of that package are once they are fetched. */
export const prometheusPrograms = join(cache, prometheus, 'usr/bin');

function goProgram(name, module) {
  return kept(`${name}-${module.split('@v').at(-1)}`, name, (folder) =>
    run('go', ['install', '-trimpath', '-ldflags', '-s -w', module], {
      GOBIN: folder,
      CGO_ENABLED: '0',
      GOTOOLCHAIN: 'auto',
      GOFLAGS: '',
    }),
  );
}

/** The path of a program in a folder of the cache: if the folder is there, it is whole and never changes. */
async function kept(name, program, install) {
  const folder = join(cache, name);
  if (!existsSync(folder)) {
    console.log(`installing ${name}`);
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(`${folder}.unfinished-`);
    try {
      await install(unfinished);
      // Another process may have been quicker: then its folder is as good.
      await rename(unfinished, folder).catch((error) => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  return join(folder, program);
}

function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

function succeeds(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
