import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  commitAll,
  expectEnd,
  fakeGitHub,
  runWorkflow,
  type FakeGitHub,
  type WorkflowResult,
} from '@kafka-ha/action-kit/testing';
import { editClusterFile, type Edit } from '@kafka-ha/config';
import { applyObject, type KubeObject } from '@kafka-ha/kube';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { parseAllDocuments } from 'yaml';
import { packedCli, type PackedCli } from './packed-cli.ts';
import { expectClusterGone } from './throw-away.ts';

jest.setTimeout(600_000);

const root = new URL('../../../', import.meta.url).pathname;
const token = 'marked-github-token';
const actions = 'octo/kafka-ha@v1';
const real = realCluster();
const namespace = freshNamespace('newcomer');
/** Production as this machine can hold it. */
const small: Edit[] = [
  { path: ['ingest', 'rate'], value: '20MB/s' },
  { path: ['resources', 'cpu'], value: '250m' },
  { path: ['controllers', 'resources', 'cpu'], value: '100m' },
  { path: ['storage', 'size'], value: '8Gi' },
];
let cli: PackedCli;
let folder: string;
/** What the tag v1 has of each action. */
let release: string;
let github: FakeGitHub;
/** Files that GitHub has, by `commit:path`. */
const files: Record<string, string> = {};
/** What a newcomer does, one after the other, and how long each takes. */
const steps: { what: string; seconds: number }[] = [];

describe('newcomer', () => {
  /** An empty folder, the packed tool, and the actions of a release. */
  beforeAll(async () => {
    cli = await packedCli();
    github = await fakeGitHub({ token, files });
    folder = await mkdtemp(join(tmpdir(), 'kafka-ha-newcomer-'));
    release = await mkdtemp(join(tmpdir(), 'kafka-ha-release-'));
    const apps = ['validate', 'plan', 'deploy', 'health', 'local-cluster', 'failover-test'];
    const parts = apps.flatMap((app) => [`apps/${app}/action.yml`, `apps/${app}/dist`]);
    for (const part of [...parts, 'libs/local-cluster/go', 'libs/local-cluster/scripts'])
      await cp(join(root, part), join(release, part), { recursive: true });
  });

  afterAll(async () => {
    process.stdout.write(`${steps.map(({ what, seconds }) => `${seconds} s ${what}`).join('\n')}\n`);
    await github[Symbol.asyncDispose]();
    await cli[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
    await rm(release, { recursive: true });
    await removeNamespace(real, namespace);
  }, 180_000);

  test('init writes the file and the workflows into an empty repository, and validate proves the file', async () => {
    await kafkaHa('init', '--yes', '--namespace', namespace, '--actions', actions);
    await edit(small);
    expect(await kafkaHa('validate')).toContain('events keeps its promise');
    await commitAll(folder, 'octo/my-kafka');
  });

  test('an admin creates the accounts, and stores a kubeconfig of each', async () => {
    const rendered = await kafkaHa('render', '--admin');
    for (const document of parseAllDocuments(rendered))
      await applyObject(real.kube, document.toJS() as KubeObject, { fieldManager: 'kubectl' });
    kubeconfigs.production = await kafkaHa('kubeconfig', '--expires', '90d');
    kubeconfigs.health = await kafkaHa('kubeconfig', '--read-only', '--expires', 'never');
  });

  test('the pull request gets the proof as a comment', async () => {
    const payload = { pull_request: { number: 1 } };
    await expectGreen({ event: 'pull_request', workflow: 'validate.yml', payload });
    expect(commentText()).toContain(`✅ Validate ${namespace}/events: done`);
  });

  test(
    'the pull request is gated by drills on a Kubernetes of its own, which is gone afterwards',
    async () => {
      const log = await expectGreen({ event: 'pull_request', workflow: 'failover.yml' });
      expect(log).toContain('::set-output:: verdict=pass');
      expect(log).toMatch(/events-kafka-4 +1\/1 +Running/);
      await expectClusterGone(log);
    },
    20 * 60_000,
  );

  test('merged, it is planned and deployed', async () => {
    const log = await expectGreen({
      event: 'push',
      workflow: 'deploy.yml',
      payload: { ref: 'refs/heads/main' },
    });
    expect(log).toContain('written with acks=all and read back');
  });

  test('the first event goes in and comes out, within ten minutes of the empty repository', async () => {
    const event = ['--message', 'hello', '--key', 'user-7', '--header', 'source=web'];
    expect(await kafkaHa('produce', 'events', ...event)).toContain('1 record acknowledged by all replicas');
    expect(await kafkaHa('consume', 'events', '--from-beginning', '--count', '1')).toBe('hello\n');
    expect(steps.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(600);
  });

  test('the next pull request is told what it would change, by main’s code and from its file alone', async () => {
    const [commit, number] = ['a'.repeat(40), 2];
    const text = await readFile(clusterFile(), 'utf8');
    files[`${commit}:kafka-ha.yaml`] = editClusterFile(text, [
      { path: ['resources', 'memory'], value: '1280Mi' },
    ]);
    await expectGreen({
      event: 'pull_request_target',
      workflow: 'plan.yml',
      payload: { pull_request: { number, head: { sha: commit, repo: { fork: false } } } },
    });
    expect(commentText()).toContain(`✅ Plan ${namespace}/events: done`);
    expect(commentText()).toContain('5 restarts');
  });

  test(
    'a pull request by which users would wait for longer than they are promised is not let through',
    async () => {
      const before = await readFile(clusterFile(), 'utf8');
      await edit([{ path: ['objectives', 'interruption'], value: '100ms' }]);
      const result = await run({ event: 'pull_request', workflow: 'failover.yml' });
      expectEnd(result, 'red');
      expect(result.log).toContain('::set-output:: verdict=fail');
      await writeFile(clusterFile(), before);
    },
    20 * 60_000,
  );

  test('the hourly look finds nothing to complain of', async () => {
    await expectGreen({ event: 'schedule', workflow: 'health.yml' });
    expect(github.issues).toEqual([]);
  });

  type Run = Pick<Parameters<typeof runWorkflow>[0], 'event' | 'workflow' | 'payload'>;

  const kubeconfigs = { production: '', health: '' };

  async function expectGreen(wanted: Run): Promise<string> {
    const result = await run(wanted);
    expectEnd(result, 'green');
    return result.log;
  }

  /** The environments hold a kubeconfig each, by the same name. */
  function run(wanted: Run): Promise<WorkflowResult> {
    const KUBECONFIG = wanted.workflow === 'health.yml' ? kubeconfigs.health : kubeconfigs.production;
    return step(wanted.workflow, () =>
      runWorkflow({
        ...wanted,
        folder,
        apiUrl: github.url,
        secrets: { GITHUB_TOKEN: token, KUBECONFIG },
        repositories: { [actions]: release },
      }),
    );
  }

  /** As an admin of Kubernetes types it in the repository. */
  function kafkaHa(...args: string[]): Promise<string> {
    return step(`npx kafka-ha ${args[0]}`, () => cli.npx(folder, args, { KUBECONFIG: real.kubeconfigPath }));
  }

  async function step<T>(what: string, take: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await take();
    steps.push({ what, seconds: Math.round((performance.now() - started) / 100) / 10 });
    return result;
  }

  function clusterFile(): string {
    return join(folder, 'kafka-ha.yaml');
  }

  async function edit(edits: readonly Edit[]): Promise<void> {
    await writeFile(clusterFile(), editClusterFile(await readFile(clusterFile(), 'utf8'), edits));
  }

  function commentText(): string {
    return github.comments.map(({ body }) => body).join('\n');
  }
});
