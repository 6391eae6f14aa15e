import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  copyOfRepository,
  expectEnd,
  fakeGitHub,
  runWorkflow,
  skipSetup,
  type RepositoryCopy,
} from '@kafka-ha/action-kit/testing';

jest.setTimeout(600_000);

const exec = promisify(execFile);
const version = '1.2.3';
let repository: RepositoryCopy;
/** What stands for GitHub: where tags are pushed to, what a page is made of, and the program that makes it. */
let gitHub: Record<'folder' | 'tags' | 'page', string>;

describe('release', () => {
  beforeAll(async () => {
    repository = await copyOfRepository();
    await skipSetup(repository);
    await git(
      '-c',
      'user.name=octo',
      '-c',
      'user.email=octo@example.org',
      'commit',
      '--quiet',
      '-am',
      'setup',
    );
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-github-'));
    gitHub = { folder, tags: join(folder, 'tags.git'), page: join(folder, 'page') };
    await git('init', '--bare', '--quiet', gitHub.tags);
    // Called as `gh release create TAG FILES … --notes-file NOTES`.
    const gh = `#!/bin/sh
set -eu
echo "$@" | grep -q '^release create v'
mkdir '${gitHub.page}'
for argument; do if test -f "$argument"; then cp "$argument" '${gitHub.page}'; fi; done
`;
    await writeFile(join(folder, 'gh'), gh, { mode: 0o755 });
  });

  afterAll(async () => {
    await repository[Symbol.asyncDispose]();
    await rm(gitHub.folder, { recursive: true });
  });

  test('a run by hand makes the tags, and a page with the package, its schema and their checksums', async () => {
    await using api = await fakeGitHub();
    const result = await runWorkflow({
      folder: repository.folder,
      event: 'workflow_dispatch',
      workflow: 'release.yml',
      job: 'release',
      payload: { ref: 'refs/heads/main', inputs: { version } },
      apiUrl: api.url,
      secrets: { GITHUB_TOKEN: 'marked-github-token' },
      env: {
        PATH: `${gitHub.folder}:${process.env['PATH']}`,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `url.${gitHub.tags}.insteadOf`,
        GIT_CONFIG_VALUE_0: 'https://github.com/octo/kafka.git',
      },
    });
    expectEnd(result, 'green');
    expect(result.log).toContain(`kafka-ha-${version}.tgz: OK`);
    expect((await readdir(gitHub.page)).sort()).toEqual(
      ['SHA256SUMS', 'cluster.schema.json', `kafka-ha-${version}.tgz`, 'release.md'].sort(),
    );
    expect(await readFile(join(gitHub.page, 'cluster.schema.json'), 'utf8')).toContain(
      'https://raw.githubusercontent.com/octo/kafka/v1/cluster.schema.json',
    );
    const { stdout } = await git('ls-remote', '--tags', gitHub.tags);
    expect(stdout).toMatch(/refs\/tags\/v1\n[^]*refs\/tags\/v1\.2\.3\n/);
  });

  test('the package knows its version, and the repository whose actions it goes with', async () => {
    const unpacked = await mkdtemp(join(gitHub.folder, 'unpacked-'));
    await exec('tar', ['-C', unpacked, '-xf', join(gitHub.page, `kafka-ha-${version}.tgz`)]);
    const kafkaHa = (...args: string[]) =>
      exec(process.execPath, [join(unpacked, 'package/bin/kafka-ha.mjs'), ...args], {
        cwd: unpacked,
        env: { ...process.env, NODE_OPTIONS: '' },
      });
    expect((await kafkaHa('--version')).stdout).toBe(`${version}\n`);
    expect((await kafkaHa('init', '--yes')).stdout).not.toContain('OWNER');
    expect(await readFile(join(unpacked, '.github/workflows/validate.yml'), 'utf8')).toContain(
      'uses: octo/kafka/apps/validate@v1',
    );
  });

  function git(...args: string[]) {
    return exec('git', args, { cwd: repository.folder });
  }
});
