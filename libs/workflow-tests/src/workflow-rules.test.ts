import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

type Rules = { brokenRules: (repository: string) => string[] };

const root = new URL('../../../', import.meta.url).pathname;
const sha = 'a'.repeat(40);
let folder: string;
let brokenRules: Rules['brokenRules'];

describe('workflow rules', () => {
  beforeAll(async () => {
    ({ brokenRules } = (await import(join(root, 'tools/workflow-rules.mjs'))) as Rules);
    folder = await mkdtemp(join(tmpdir(), 'kafka-ha-rules-'));
    await cp(join(root, '.github/actions'), join(folder, '.github/actions'), { recursive: true });
    for (const app of ['deploy', 'plan'])
      await cp(join(root, `apps/${app}/action.yml`), join(folder, `apps/${app}/action.yml`));
  });

  afterAll(() => rm(folder, { recursive: true }));

  test("this repository's own workflows break no rule", () => {
    expect(brokenRules(root)).toEqual([]);
  });

  test('a plan of a pull request by code of main is fine', async () => {
    expect(await rulesOf({ 'w.yml': aWorkflow({ on: 'pull_request_target: {}' }) })).toEqual([]);
  });

  test.each([
    ['a secret', { on: 'pull_request: {}' }, 'runs on a pull request'],
    [
      'a secret, as a map',
      { on: 'pull_request: {}', job: 'env: { K: "${{ secrets[\'K\'] }}" }' },
      'runs on a pull request',
    ],
    [
      'an environment for a cloud login',
      { on: 'pull_request: {}', job: 'environment: production-watch', step: 'run: login' },
      'runs on a pull request',
    ],
    [
      'an identity token',
      { on: 'pull_request: {}', job: 'permissions: { id-token: write }', step: 'run: login' },
      'runs on a pull request',
    ],
    ['a secret in the merge queue', { on: 'merge_group: {}' }, 'runs on a pull request'],
    [
      'the head of a pull request beside a secret',
      {
        step: `uses: actions/checkout@${sha}\n        with: { ref: "\${{ github.event.pull_request.head.sha }}" }`,
      },
      'checks out what is not main',
    ],
    [
      'the head of a pull request by git',
      { step: 'run: git fetch origin pull/5/head' },
      'checks out what is not main',
    ],
    ['npm beside a secret', { step: 'run: npm ci' }, 'runs npm'],
    ['npm that publishes a folder beside a secret', { step: 'run: npm publish .' }, 'runs npm'],
    [
      'npm beside a file that is published',
      { step: 'run: npm ci && npm publish ./kafka-ha-"$VERSION".tgz' },
      'runs npm',
    ],
    ['npm beside a secret in a local action', { step: 'uses: ./.github/actions/setup' }, 'runs npm (in ./'],
    ['an action by its tag beside a secret', { step: 'uses: somebody/else@v1' }, 'which is no commit'],
    ['a run by hand on any branch', { on: 'workflow_dispatch: {}' }, 'is not for main alone'],
    [
      'a run by hand on main or any branch',
      { on: 'workflow_dispatch: {}', job: `if: "github.ref == 'refs/heads/main' || true"` },
      'is not for main alone',
    ],
    ['a push of any branch', { on: 'push: {}' }, 'is not for main alone'],
    [
      'a deployment without the plan that was approved',
      { on: 'push: { branches: [main] }', job: 'environment: production', step: 'uses: ./apps/deploy' },
      'without the plan that was approved',
    ],
    [
      "the same by the repository's own action",
      {
        on: 'push: { branches: [main] }',
        job: 'environment: production',
        step: 'uses: ./\n        with: { command: deploy }',
      },
      'without the plan that was approved',
    ],
  ])('%s is refused', async (_, parts, reason) => {
    const broken = await rulesOf({ 'w.yml': aWorkflow(parts) });
    expect(broken).not.toEqual([]);
    for (const line of broken) expect(line).toMatch(/^\.github\/workflows\/w\.yml: job it /);
    expect(broken[0]).toContain(reason);
  });

  test('a file that another job has packed may be published', async () => {
    const step = 'run: npm publish ./kafka-ha-"$VERSION".tgz --provenance';
    const on = 'push: { branches: [main] }';
    expect(await rulesOf({ 'w.yml': aWorkflow({ on, job: 'environment: release', step }) })).toEqual([]);
  });

  test('what a workflow calls runs for what itself runs for', async () => {
    const caller = 'on: pull_request\njobs:\n  call:\n    uses: ./.github/workflows/w.yml\n';
    const broken = await rulesOf({ 'caller.yml': caller, 'w.yml': aWorkflow({ on: 'workflow_call: {}' }) });
    expect(broken.join()).toContain('w.yml: job it holds a credential and runs on a pull request');
  });

  test('secrets that a workflow hands on are credentials', async () => {
    const caller =
      'on: pull_request\njobs:\n  it:\n    uses: ./.github/workflows/w.yml\n    secrets: inherit\n';
    expect((await rulesOf({ 'w.yml': caller })).join()).toContain(
      'job it holds a credential and runs on a pull request',
    );
  });

  function aWorkflow({
    on = 'pull_request_target: {}',
    job = 'timeout-minutes: 5',
    step = 'run: true',
  }): string {
    return `on:
  ${on}
jobs:
  it:
    runs-on: ubuntu-latest
    ${job}
    steps:
      - ${step}
      - uses: ./apps/plan
${job.includes('env') || job.includes('id-token') ? '' : '        with: { kubeconfig: "${{ secrets.KUBECONFIG }}" }'}
`;
  }

  async function rulesOf(workflows: Record<string, string>) {
    const place = join(folder, '.github/workflows');
    await rm(place, { recursive: true, force: true });
    await mkdir(place, { recursive: true });
    for (const [name, text] of Object.entries(workflows)) await writeFile(join(place, name), text);
    return brokenRules(folder);
  }

  test('no package runs a script of its own where it is installed', async () => {
    const settings = await readFile(new URL('../../../.npmrc', import.meta.url), 'utf8');
    expect(settings.split('\n')).toContain('ignore-scripts=true');
  });
});
