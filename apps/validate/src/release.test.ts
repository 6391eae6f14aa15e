import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { copyOfRepository } from '@kafka-ha/action-kit/testing';

const exec = promisify(execFile);
const nodeModules = new URL('../../../node_modules', import.meta.url).pathname;

describe('release', () => {
  test('a release has the bundles under its tags, which main has not, and is never made twice', async () => {
    await using repository = await copyOfRepository();
    const remote = await mkdtemp(join(tmpdir(), 'kafka-ha-remote-'));
    const run = async (command: string, ...args: string[]) =>
      (await exec(command, args, { cwd: repository.folder, env: { ...process.env, ...author } })).stdout;
    const release = (version: string) => run(process.execPath, 'tools/release.mjs', version);
    const commitOf = (tag: string) => run('git', 'ls-remote', remote, `refs/tags/${tag}^{}`);
    const actions = (await readdir(repository.folder, { recursive: true }))
      .filter((path) => /^apps\/[^/]+\/action\.yml$/.test(path))
      .map((path) => dirname(path));
    /** As the workflow does, whose bundles come from another job. */
    const bring = async (app: string, text: string) => {
      await mkdir(join(repository.folder, app, 'dist'), { recursive: true });
      await writeFile(join(repository.folder, app, 'dist/index.cjs'), text);
    };
    try {
      await run('git', 'init', '--bare', '--quiet', remote);
      await run('git', 'remote', 'set-url', 'origin', remote);
      await symlink(nodeModules, join(repository.folder, 'node_modules'));
      await appendFile(join(repository.folder, '.git/info/exclude'), 'node_modules\n');

      // To bundle takes seconds each: one is left to the release itself.
      for (const app of actions.filter((app) => app !== 'apps/validate')) await bring(app, 'of the first');
      await release('1.0.0');
      const released = await run('git', 'ls-tree', '-r', '--name-only', 'v1');
      expect(released).toContain('apps/validate/dist/index.cjs\napps/validate/dist/licenses.txt');
      for (const app of actions) expect(released).toContain(`${app}/dist/index.cjs`);
      expect(await run('git', 'ls-tree', '-r', '--name-only', 'main')).not.toContain('dist/');
      const first = await commitOf('v1.0.0');

      for (const app of actions) await bring(app, 'of the second');
      await release('1.0.1');
      expect(await run('git', 'show', 'v1.0.0:apps/deploy/dist/index.cjs')).toBe('of the first');
      expect(await run('git', 'show', 'v1:apps/deploy/dist/index.cjs')).toBe('of the second');
      expect(await commitOf('v1.0.0')).toBe(first);
      expect(hashOf(await commitOf('v1'))).toBe(hashOf(await commitOf('v1.0.1')));

      await expect(release('1.0.1')).rejects.toThrow('v1.0.1 is released already');
      await expect(release('1.0')).rejects.toThrow('a version is like 1.2.3');
    } finally {
      await rm(remote, { recursive: true });
    }
  }, 300_000);

  const author = {
    GIT_AUTHOR_NAME: 'octo',
    GIT_AUTHOR_EMAIL: 'octo@example.org',
    GIT_COMMITTER_NAME: 'octo',
    GIT_COMMITTER_EMAIL: 'octo@example.org',
  };

  function hashOf(line: string): string | undefined {
    return line.split('\t')[0];
  }
});
