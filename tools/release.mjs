// Releases a version: `node tools/release.mjs 1.2.3`. The bundles are not kept on main: they are added in a commit beside
// it, which gets the tag v1.2.3, that never moves, and v1, that moves with each release of it.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { schemaOf } from './released-schema.mjs';

const [version] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) throw new Error(`a version is like 1.2.3, not ${version}`);
const tag = `v${version}`;
const major = tag.split('.')[0];

if (git('status', '--porcelain') !== '') throw new Error('there are changes that are not committed');
if (git('ls-remote', 'origin', `refs/tags/${tag}`) !== '') throw new Error(`${tag} is released already`);

const apps = readdirSync('apps').filter((app) => existsSync(`apps/${app}/action.yml`));
// In the workflow a job without the right to push has made them.
for (const app of apps)
  if (!existsSync(`apps/${app}/dist/index.cjs`)) run(process.execPath, 'tools/bundle.mjs', `apps/${app}`);
git('checkout', '--quiet', '--detach');
writeFileSync('cluster.schema.json', schemaOf(version));
git('add', '--force', 'cluster.schema.json', ...apps.map((app) => `apps/${app}/dist`));
git('commit', '--quiet', '--message', `Release ${tag}`);
git('tag', '--annotate', '--message', tag, tag);
git('tag', '--force', '--annotate', '--message', tag, major);
git('push', '--quiet', 'origin', `refs/tags/${tag}`, `+refs/tags/${major}`);
git('checkout', '--quiet', '-');
console.log(`released ${tag}, ${major} points to it`);

function git(...args) {
  return run('git', ...args).trim();
}

function run(command, ...args) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
